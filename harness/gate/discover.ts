import { attestationFileNames } from './attestation-file.ts'
import { kindOfClientFile } from './client-file.ts'
import { isEnvironmentFile } from './read-tree.ts'
import { settingsIn } from './recognised-settings.ts'
import type { RecordedFiles } from './recorded-files.ts'
import { type Tree, leavesOf, listOf, textOf } from './tree.ts'

/** What is looked for where no gate file says what belongs to the configuration. */
export const lookedFor =
  'a gate file (oauth-imap.gate.yaml), a client file of Google’s, .env with settings of Google or IMAP, an attestation, or a program that names them'

/** Names of Google’s downloads (google-facts 7.4): what they hold is a client file or a broken one. */
const clientName = /(?:^|\/)client_secrets?[^/]*\.json$/
/** Members by which a client file is known, and what only Google’s hold: texts without them are not parsed at all. */
const clientMember = /"(?:installed|web|service_account|authorized_user|refresh_token)"/
const googleMark =
  /googleusercontent\.com|gserviceaccount\.com|accounts\.google\.com|oauth2\.googleapis\.com|"refresh_token"/
const mailMark = /google|gmail|imap|oauth/i

/** Files that show how others are to be filled in. */
const template = /\.(?:example|sample|template|dist|defaults?)$/
export const isTemplate = (path: string): boolean => template.test(path)

/**
 * Where tests and what they are fed with lie: nobody runs an application with that. In a folder of settings, `test` is the
 * name of a stage.
 */
const ofTests =
  /(?:^|\/)(?:tests|__tests__|__fixtures__|__mocks__|spec|e2e|fixtures?|test[-_]?(?:data|fixtures|files))\/|(?:^|\/)(?<!(?:^|\/)(?:conf|config|configs|configuration|env|envs|environments|settings|secrets|deploy|deployments?|overlays|stages)\/)test\//i

export const isOfTests = (path: string): boolean => ofTests.test(path)

const isAttestation = (path: string): boolean => attestationFileNames.some((name) => path === name)
const isTold = (path: string): boolean => isEnvironmentFile(path) && !isTemplate(path)

/** Whether a file is worth reading: by its name, or else by a text that is fetched for it. */
export const mayConcern = (path: string, textOfIt: () => string | undefined): boolean =>
  isAttestation(path) ||
  (!isOfTests(path) &&
    (clientName.test(path) || isTold(path) || (path.endsWith('.json') && mayBeClient(textOfIt() ?? ''))))

const mayBeClient = (text: string): boolean => clientMember.test(text) && googleMark.test(text)

export interface Discovered {
  readonly is: 'client' | 'settings' | 'variable' | 'attestation' | 'broken'
  readonly path: string
  readonly tree: Tree
}

/**
 * What a file turns out to be; undefined for what concerns nobody here.
 *
 * @param named somebody asked for this very file: then a JSON file that is nothing else is a client file of no kind
 */
export async function discover(files: RecordedFiles, path: string, named = false): Promise<Discovered | undefined> {
  const nothing: Tree = { line: 1, column: 1 }
  if (isAttestation(path)) return { is: 'attestation', path, tree: nothing }
  if (isVariable(path)) return variable(files, path)
  const read = await files.read(path)
  if (read === undefined) return undefined
  if ('problem' in read)
    return named || (await concerns(files, path)) ? { is: 'broken', path, tree: nothing } : undefined
  const { tree } = read
  if (isClient(path, tree, named)) return { is: 'client', path, tree }
  const holds = [...(tree.members?.values() ?? [])].some((member) => mayBeClient(textOf(member) ?? ''))
  if (holds || settingsIn(tree).size > 0) return { is: 'settings', path, tree }
  return named && path.endsWith('.json') ? { is: 'client', path, tree } : undefined
}

/** In YAML and the like, `web` and `installed` are everybody’s words. */
function isClient(path: string, tree: Tree, named: boolean): boolean {
  if (clientName.test(path)) return true
  if (kindOfClientFile(tree) === 'unknown') return false
  return named || !/\.(?:ya?ml|toml)$/.test(path) || [...leavesOf(tree)].some(({ leaf }) => isGoogles(leaf))
}

const isGoogles = (leaf: Tree): boolean => (listOf(leaf) ?? []).some((text) => googleMark.test(text))

/** What cannot be read is told where its name or its words show that it matters. */
async function concerns({ project }: RecordedFiles, path: string): Promise<boolean> {
  if (clientName.test(path)) return true
  const text = (await project.text(path).catch(() => undefined))?.text ?? ''
  return isTold(path) ? mailMark.test(text) : path.endsWith('.json') && googleMark.test(text)
}

/** An entry of a Kubernetes Secret or the like, which has the name of a variable and holds nothing but its value. */
const isVariable = (path: string): boolean => /^[A-Z][A-Z0-9_]*$/.test(path)

async function variable({ project }: RecordedFiles, path: string): Promise<Discovered | undefined> {
  const text = (await project.text(path))?.text
  return text === undefined ? undefined : { is: 'variable', path, tree: { line: 1, column: 1, value: text.trim() } }
}
