import { peek } from '../runtime/list-files.ts'
import { basename, join } from '../runtime/path.ts'
import { isOfTests } from './discover.ts'
import { folderProject } from './project.ts'
import { isEnvironmentFile } from './read-tree.ts'
import { type RecordedFiles, recordedFiles } from './recorded-files.ts'

/** What tools write, or read of themselves: no application keeps its settings there. */
const ofTools =
  /^(?:package|package-lock|npm-shrinkwrap|tsconfig.*|jsconfig|deno|composer|openapi.*|swagger.*|knip|nx|turbo|lerna|renovate)\.json$|lock|^(?:docker-)?compose.*\.ya?ml$|^(?:mkdocs|openapi.*|swagger.*)\.ya?ml$|^(?:pyproject|Cargo|netlify|fly)\.toml$|^oauth-imap\./

/** Words of a program for its users, and files that show how others are to be filled in. */
const ofPeople =
  /(?:^|\/)(?:locales?|i18n|l10n|lang(?:uage)?s?|translations?)\/|[._-](?:example|sample|template)\.[a-z]+$/i

const mailWords = /google|gmail|imap/i
const most = 262_144

/** The files of a folder in which an application may keep its settings, with what reads them. */
export function settingsFiles(folder: string, files: readonly string[]): [RecordedFiles, readonly string[]] {
  const worth = files
    .filter((file) => /\.(?:json|ya?ml|toml)$/.test(file) || isEnvironmentFile(file))
    .filter((file) => !isOfTests(file) && !ofPeople.test(file))
    .filter((file) => !ofTools.test(basename(file)) && !/(?:^|\/)\.github\//.test(file))
    .filter((file) => mailWords.test(peek(join(folder, file), most) ?? ''))
  return [recordedFiles(folderProject(folder, folder), { record: () => {} }), worth]
}
