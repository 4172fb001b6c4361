import { kindOfClientFile } from '../../gate/client-file.ts'
import { readTree } from '../../gate/read-tree.ts'
import { type Tree, plain } from '../../gate/tree.ts'
import type { ConfigurationFileKind } from '../../model/configuration.ts'
import { Fault } from '../../model/fault.ts'
import type { ClientCredentials } from '../../model/world.ts'
import { readPlainFile } from '../../runtime/bounded-file.ts'
import { errorCode } from '../../runtime/error-code.ts'
import { type Environment, fromEnvironment } from './from-environment.ts'
import { requirePrivate } from './private-file.ts'

const mostOctets = 65_536

/**
 * The OAuth client: a file as Google’s console gives it, or `env:NAME` for a variable that holds one. Nothing of it is told.
 *
 * @param options `mayBePublic`: a client without a secret is one too (RFC 6749 §2.1); Google gives each its own
 * @throws Fault `CLIENT_FILE_INVALID`, also for a file that other users of this machine can read; `USAGE`
 */
export async function readClient(
  source: string,
  environment: Environment,
  { mayBePublic = false }: { readonly mayBePublic?: boolean } = {},
): Promise<ClientCredentials> {
  const variable = fromEnvironment(source, environment)
  const text = variable?.text ?? (await textOf(source))
  const shown = variable === undefined ? source : `The variable ${variable.name}`
  // Whatever the file is called: JSON is what the console gives.
  const read = readTree('client.json', text)
  if ('problem' in read) {
    const { line, column, problem } = read
    throw new Fault('CLIENT_FILE_INVALID', `${shown}, line ${line}, column ${column}: ${problem}.`, again)
  }
  return clientIn(read.tree, shown, mayBePublic)
}

const again = 'Download the client file of an OAuth client of type “Desktop app” from Google’s console.'

async function textOf(file: string): Promise<string> {
  const read = await readPlainFile(file, mostOctets).catch((cause: unknown) => {
    const code = errorCode(cause)
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? 'no reason told'})`
    throw new Fault('CLIENT_FILE_INVALID', `${file} ${why}.`, again, { cause })
  })
  if (read === 'no plain file')
    throw new Fault('CLIENT_FILE_INVALID', `${file} is no plain file.`, 'Name a file, or env:NAME for a variable.')
  if (read === 'huge')
    throw new Fault('CLIENT_FILE_INVALID', `${file} has more than ${mostOctets} octets: no client file has.`, again)
  requirePrivate(file, read.mode, '600', 'CLIENT_FILE_INVALID')
  return read.text
}

const others: Readonly<Partial<Record<ConfigurationFileKind, string>>> = {
  service_account: 'is the key of a service account, which has no mailbox of its own and asks nobody for consent',
  authorized_user: 'holds the tokens of one user, not a client',
  several: 'holds several kinds of credentials at once',
}
const none = 'is no client file: client_id and client_secret are expected under "installed" or "web"'

function clientIn(tree: Tree, shown: string, mayBePublic: boolean): ClientCredentials {
  const kind = kindOfClientFile(tree)
  if (kind !== 'installed' && kind !== 'web')
    throw new Fault('CLIENT_FILE_INVALID', `${shown} ${others[kind] ?? none}.`, again)
  const members = plain(tree.members!.get(kind)!) as Readonly<Record<string, unknown>>
  const text = (name: string): string => {
    const value = members[name]
    if (typeof value === 'string' && value.trim() !== '') return value
    const hint =
      name === 'client_secret'
        ? 'The console shows a secret once: add a new one to the client, then download it.'
        : again
    throw new Fault('CLIENT_FILE_INVALID', `${shown} has no ${name} under "${kind}".`, hint)
  }
  const { redirect_uris: redirects = [] } = members
  if (!isTexts(redirects))
    throw new Fault('CLIENT_FILE_INVALID', `${shown}: redirect_uris under "${kind}" is no list of texts.`, again)
  const isPublic = mayBePublic && members['client_secret'] === undefined
  return {
    ...{ kind, client_id: text('client_id'), redirect_uris: redirects },
    client_secret: isPublic ? '' : text('client_secret'),
  }
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
