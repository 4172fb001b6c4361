import { each } from '../../harness/model/check.ts'
import { ownRule } from '../../harness/model/clause.ts'
import type { MemberShape } from '../../harness/model/configuration.ts'
import { satisfied, violated } from '../../harness/model/finding.ts'
import type { Journal, Observation } from '../../harness/model/observation.ts'
import { all } from '../../harness/model/observation.ts'
import { setting, valuesOf } from '../facts/settings.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 4: the files that Google’s console and command line write. */

type ClientFile = Observation<'config.file'>

const clientKinds = ['installed', 'web', 'service_account', 'authorized_user', 'several', 'unknown']

const isClientFile = ({ fields: { kind, problem } }: ClientFile): boolean =>
  problem === undefined && clientKinds.includes(kind)

/**
 * What the libraries ask for: google-auth’s `Flow` (auth_uri, token_uri, client_id), `service_account.Credentials`
 * (client_email, token_uri, and the key to sign with) and `from_authorized_user_info`. The secret belongs to every installed
 * and web client that exchanges codes (google-facts 3.3).
 */
const required: Readonly<Record<string, readonly string[]>> = {
  installed: ['client_id', 'client_secret', 'auth_uri', 'token_uri'],
  web: ['client_id', 'client_secret', 'auth_uri', 'token_uri'],
  service_account: ['client_email', 'private_key', 'token_uri'],
  authorized_user: ['client_id', 'client_secret', 'refresh_token'],
}
/** Google leaves these out where there is nothing to list: a web client with origins only has no redirects. */
const lists = ['redirect_uris', 'javascript_origins']

/** Clients that are known by a package, an App Store id or an item id instead of a secret (google-facts 7.3). */
const withoutSecret = ['android', 'ios', 'chrome-extension']

export const jsonShape = configurationCheck({
  id: 'cred/json-shape',
  title: 'Each client file is one well-formed kind',
  step: 4,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('the shapes of files that the Google console offers for download'),
  inapplicable: (journal) =>
    all(journal, 'config.file').some(isClientFile) ? undefined : 'no client file is named or found that can be read',
  observes: each('config.file', 'client file', isClientFile),
  counterexamples: ['half-a-client-file'],
  consequence: 'The library fails at the first request with a message that names neither file nor member.',
  fix: 'Download the client file again from the Google console and keep it as it is.',
  judge({ fields }, journal) {
    if (fields.kind === 'unknown' || fields.kind === 'several') {
      const actual = fields.kind === 'several' ? 'more than one of them' : 'none of them'
      return violated({ expected: `one of ${clientKinds.slice(0, 4).join(', ')}`, actual })
    }
    const wrong = wrongMembers(fields, journal)
    if (wrong.length === 0) return satisfied()
    const told = wrong.map(({ name, shape }) => `${name} ${words[shape]}`)
    return violated({
      expected: `${fields.kind} with ${wrong.map(({ name }) => name).join(', ')}`,
      actual: told.join(', '),
    })
  },
})

const words: Readonly<Record<MemberShape | 'missing', string>> = {
  missing: 'missing',
  empty: 'empty',
  text: 'as one text',
  texts: 'as a list',
  other: 'as something else',
}

function wrongMembers({ kind, profile, members = {} }: ClientFile['fields'], journal: Journal) {
  const runtime = setting(journal, profile, 'runtime')
  const secretless = runtime !== undefined && valuesOf(runtime).some((value) => withoutSecret.includes(value))
  const needed = (required[kind] ?? []).filter((name) => !(secretless && name === 'client_secret'))
  return [
    ...needed.filter((name) => members[name] !== 'text'),
    ...lists.filter((name) => (members[name] ?? 'texts') !== 'texts'),
  ].map((name) => ({ name, shape: members[name] ?? ('missing' as const) }))
}
