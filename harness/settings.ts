import * as v from 'valibot'
import { Fault } from './model/fault.ts'
import { nearest } from './nearest.ts'
import { exists, readText } from './runtime/files.ts'
import { join, pathToFileURL, resolve } from './runtime/path.ts'

const settings = v.strictObject({
  /** The application under test. */
  subject: v.optional(v.string()),
  /** The folder with client files and `configuration.json`, from the settings file’s own folder. */
  configuration: v.optional(v.string()),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  strict: v.optional(v.boolean()),
  /** Where reports go. */
  out: v.optional(v.string()),
  /** Formats to write, each `format` or `format=file`. */
  report: v.optional(v.array(v.string())),
})

export type Settings = v.InferOutput<typeof settings>

/** Gives a settings file its types; returns what it is given. */
export const defineConfig = (given: Settings): Settings => given

const names = ['oauth-imap.config.ts', 'oauth-imap.config.js', 'oauth-imap.config.json']

export interface FoundSettings {
  readonly settings: Settings
  /** The folder that paths in the settings are taken from. */
  readonly directory: string
}

/**
 * Reads the settings of a folder; none at all is fine, unless a file was named.
 *
 * @throws Fault `SETTINGS_INVALID` that names file, place and expectation
 */
export async function findSettings(directory: string, named?: string): Promise<FoundSettings> {
  if (named !== undefined) return readSettings(resolve(directory, named))
  for (const name of names) if (await exists(join(directory, name))) return readSettings(join(directory, name))
  return { settings: {}, directory }
}

async function readSettings(file: string): Promise<FoundSettings> {
  const parsed = v.safeParse(settings, await load(file))
  if (parsed.success) return { settings: parsed.output, directory: resolve(file, '..') }
  const [issue] = parsed.issues
  const place = v.getDotPath(issue) ?? 'the file'
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const known = Object.keys(settings.entries)
    throw new Fault(
      'SETTINGS_INVALID',
      `${file}: there is no setting ${place}.`,
      `Did you mean ${nearest(place, known)}?`,
    )
  }
  throw new Fault(
    'SETTINGS_INVALID',
    `${file}: ${place}: ${issue.message}.`,
    'Mend the value, or leave the setting out.',
  )
}

async function load(file: string): Promise<unknown> {
  if (!(await exists(file)))
    throw new Fault('SETTINGS_INVALID', `${file} does not exist.`, 'Check the path given with --settings.')
  try {
    if (file.endsWith('.json')) return JSON.parse(await readText(file))
    return ((await import(pathToFileURL(file).href)) as { default?: unknown }).default
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new Fault('SETTINGS_INVALID', `${file} cannot be read: ${reason}.`, 'Mend the syntax, then run again.', {
      cause,
    })
  }
}
