import { Fault } from '../model/fault.ts'
import { errorCode } from '../runtime/error-code.ts'
import { statOf } from '../runtime/files.ts'
import { listFiles, peek } from '../runtime/list-files.ts'
import { basename, dirname, join, resolve } from '../runtime/path.ts'
import { attestationFileNames } from './attestation-file.ts'
import { discover, lookedFor, mayConcern } from './discover.ts'
import { gateFileNames } from './gate-file.ts'
import { mentionsGoogle } from './mentions.ts'
import { type Project, folderProject, treeOf } from './project.ts'
import { recordedFiles } from './recorded-files.ts'

export interface FoundProjects {
  readonly projects: readonly Project[]
  /** From where the command was given. */
  path(configuration: string, file: string): string
}

/**
 * What is to be checked, by the paths that were named: each gate file is a configuration, and so is a folder without any, or
 * a lone file.
 *
 * @throws Fault `USAGE` for a path that is not there, and where nothing is found
 */
export async function findProjects(paths: readonly string[]): Promise<FoundProjects> {
  const found: Found[] = []
  for (const path of paths) found.push(...(await projectsAt(path)))
  // What is reached in two ways keeps the name by which it was reached first.
  const once = [...new Map(found.toReversed().map((each) => [resolve(each.project.name), each])).values()].toReversed()
  const folders = new Map(once.map(({ project, folder }) => [project.name, folder]))
  return {
    projects: once.map(({ project }) => project),
    path: (configuration, file) => join(folders.get(configuration) ?? '', file),
  }
}

interface Found {
  readonly project: Project
  /** Where its paths begin. */
  readonly folder: string
}

const inFolder = (name: string, told: Pick<Project, 'paths' | 'except'> = {}): Found => ({
  project: folderProject(name, name, told),
  folder: name,
})

async function projectsAt(path: string): Promise<readonly Found[]> {
  const stat = await statOf(path).catch((cause: unknown) => {
    const reason =
      errorCode(cause) === 'ENOENT' ? 'is not there' : `cannot be looked at (${errorCode(cause) ?? 'unknown'})`
    throw new Fault('USAGE', `${path} ${reason}.`, 'Name a project folder, a client file or a settings file.', {
      cause,
    })
  })
  if (stat.isDirectory) return projectsIn(path.replace(/(?<=.)\/+$/, ''))
  if (stat.isFile) return [await loneFile(path)]
  throw new Fault('USAGE', `${path} is neither a folder nor a plain file.`, 'Name a project folder or a client file.')
}

/** Copies and what others wrote: nothing in there is the project’s own configuration. */
const skip: ReadonlySet<string> = new Set([
  ...[
    'node_modules',
    'bower_components',
    'vendor',
    '.git',
    '.hg',
    '.svn',
    '.venv',
    'venv',
    '__pycache__',
    '.tox',
    '.cache',
  ],
  ...['.next', '.nuxt', '.terraform', '.gradle', '.idea', '.vscode', 'dist', 'build', 'out', 'target', 'coverage'],
])

/** Names that are looked at in a folder, and the size up to which a JSON file may be a client file. */
const most = { names: 200_000, octets: 65_536 }

/**
 * The files of a folder that a configuration may consist of.
 *
 * @throws Fault `USAGE` where there are so many names that some would be passed over in silence
 */
export function filesOf(directory: string, names = most.names): readonly string[] {
  const { files, cut } = listFiles(directory, { skip, most: names })
  if (!cut) return files
  const hint = 'Name the folders below it that hold configurations.'
  throw new Fault('USAGE', `${directory} holds more than ${names} files and folders.`, hint)
}

async function projectsIn(directory: string): Promise<readonly Found[]> {
  const files = filesOf(directory)
  const gates = new Set(files.filter((file) => gateFileNames.some((name) => basename(file) === name)).map(dirname))
  const below = [...gates].map((folder) => {
    const name = folder === '.' ? directory : join(directory, folder)
    return inFolder(name, { except: exceptIn(folder, gates) })
  })
  if (gates.has('.')) return below
  const except = exceptIn('.', gates)
  const beside = files.filter((file) => !except.some((folder) => file.startsWith(folder)))
  const paths = await discoveredIn(directory, beside)
  // A program may hold its client in its source, and its repository what leaks: that is worth a search.
  const worthSearching = paths.length > 0 || mentionsGoogle(directory, beside)
  // What lies beside gate files belongs to none of them, or is named by one; it can leak all the same.
  if (below.length > 0) return worthSearching ? [...below, inFolder(directory, { paths: [], except })] : below
  if (worthSearching) return [inFolder(directory, { paths })]
  throw new Fault('USAGE', `${directory} holds nothing to check, such as ${lookedFor}.`, initHint(directory))
}

/** Other folders with a gate file below one, as seen from there. */
const exceptIn = (folder: string, gates: ReadonlySet<string>): readonly string[] => {
  const prefix = folder === '.' ? '' : `${folder}/`
  return [...gates]
    .filter((gate) => gate !== folder && gate.startsWith(prefix))
    .map((gate) => `${gate.slice(prefix.length)}/`)
}

const initHint = (directory: string): string =>
  `Say where its settings are with \`oauth-imap init gate${directory === '.' ? '' : ` ${directory}`}\`.`

/** The files of a folder without a gate file that concern Google’s sign-in or IMAP. */
export async function discoveredIn(directory: string, files: readonly string[]): Promise<readonly string[]> {
  const worth = files.filter((file) => mayConcern(file, () => peek(join(directory, file), most.octets)))
  const reading = recordedFiles(folderProject(directory, directory), silent)
  const found: string[] = []
  for (const file of worth) if ((await discover(reading, file)) !== undefined) found.push(file)
  return found
}

async function loneFile(path: string): Promise<Found> {
  const [folder, file] = [dirname(path), basename(path)]
  if (gateFileNames.some((name) => name === file)) return inFolder(folder)
  const whole = folderProject(path, folder, { gateFile: file })
  const read = await treeOf(whole, file)
  if (read !== undefined && 'tree' in read && read.tree.members?.get('profiles')?.members !== undefined)
    return { project: whole, folder }
  // Without the folder: nobody asked for what else lies there, but for the attestation that belongs to many.
  const own = new Set<string>([file, ...attestationFileNames])
  const text: Project['text'] = async (asked) => (own.has(asked) ? whole.text(asked) : undefined)
  const project: Project = { name: path, paths: [file], text }
  if ((await discover(recordedFiles(project, silent), file, true)) !== undefined) return { project, folder }
  const hint = 'Name a client file, .env or a settings file of an application that signs in to Google or reads mail.'
  throw new Fault('USAGE', `${path} holds no setting that is checked.`, hint)
}

const silent = { record: () => {} }
