import * as v from 'valibot'
import { Fault } from './model/fault.ts'
import { expectation } from './gate/expectation.ts'
import { moduleErrorPlace, syntaxErrorPlace } from './gate/syntax-error-place.ts'
import { nearest } from './nearest.ts'
import { errorCode } from './runtime/error-code.ts'
import { exists, readText } from './runtime/files.ts'
import { join, pathToFileURL, resolve } from './runtime/path.ts'

const port = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535))
const path = v.pipe(v.string(), v.startsWith('/'))

/** A `MailboxImage`; the type of the model holds it. */
const image = v.strictObject({
  /** Name and tag. */
  image: v.pipe(v.string(), v.nonEmpty()),
  imapPort: port,
  environment: v.exactOptional(v.record(v.string(), v.string())),
  files: v.exactOptional(v.record(path, v.string())),
  users: v.union([
    v.literal('any'),
    v.array(v.string()),
    v.strictObject({ port, path, body: v.record(v.string(), v.string()) }),
  ]),
  ready: v.exactOptional(v.union([v.strictObject({ log: v.string() }), v.strictObject({ port, path })])),
})

const settings = v.strictObject({
  /** The application under test. */
  subject: v.optional(v.string()),
  /** The folder with client files and `configuration.json`, from the settings file’s own folder. */
  configuration: v.optional(v.string()),
  seed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1))),
  strict: v.optional(v.boolean()),
  /** Real seconds that one scenario may take. */
  timeout: v.optional(v.pipe(v.number(), v.minValue(1))),
  /** Where reports go. */
  out: v.optional(v.string()),
  /** What holds the mail behind Gmail’s front: `embedded`, `dovecot`, `greenmail`, or `image:NAME` of `images`. */
  mailbox: v.optional(v.string()),
  /** An image that stands in for GreenMail’s released one. */
  greenmailImage: v.optional(v.string()),
  images: v.optional(v.record(v.string(), image)),
  /** Formats to write, each `format` or `format=file`. */
  report: v.optional(v.array(v.string())),
})

export type Settings = v.InferOutput<typeof settings>

/** Gives a settings file its types; returns what it is given. */
export const defineConfig = (given: Settings): Settings => given

const names = ['oauth-imap.config.ts', 'oauth-imap.config.js', 'oauth-imap.config.json']

export interface FoundSettings {
  readonly settings: Settings
  /** The file as it was named, or its name in the folder; undefined where there is none. */
  readonly file?: string
  /** The folder that paths in the settings are taken from. */
  readonly directory: string
}

/**
 * Reads the settings of a folder; none at all is fine, unless a file was named.
 *
 * @throws Fault `SETTINGS_INVALID` that names file, place and expectation
 */
export async function findSettings(directory: string, named?: string): Promise<FoundSettings> {
  if (named !== undefined) return { ...(await readSettings(resolve(directory, named))), file: named }
  for (const name of names)
    if (await exists(join(directory, name))) return { ...(await readSettings(join(directory, name))), file: name }
  return { settings: {}, directory }
}

async function readSettings(file: string): Promise<FoundSettings> {
  const loaded = await load(file)
  const parsed = v.safeParse(settings, loaded)
  if (parsed.success && !Array.isArray(loaded)) return { settings: parsed.output, directory: resolve(file, '..') }
  if (parsed.success) throw new Fault('SETTINGS_INVALID', `${file}: expected an object, saw a list.`, objectHint)
  const [issue] = parsed.issues
  const place = v.getDotPath(issue)
  if (place === null) throw new Fault('SETTINGS_INVALID', `${file}: ${expectation(issue)}.`, objectHint)
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const known = Object.keys(settings.entries)
    throw new Fault(
      'SETTINGS_INVALID',
      `${file}: there is no setting ${place}.`,
      `Did you mean ${nearest(place, known)}?`,
    )
  }
  throw new Fault('SETTINGS_INVALID', `${file}: ${expectation(issue)}.`, 'Mend the value, or leave the setting out.')
}

const objectHint = 'A settings file exports one object as its default, such as {"subject": "reference"} in JSON.'

async function load(file: string): Promise<unknown> {
  if (!(await exists(file)))
    throw new Fault('SETTINGS_INVALID', `${file} does not exist.`, 'Check the path given with --settings.')
  if (!file.endsWith('.json')) return loadModule(file)
  const text = await readText(file).catch((cause: unknown) => {
    const hint = 'Name a file that you may read with --settings.'
    throw new Fault('SETTINGS_INVALID', `${file} cannot be read (${errorCode(cause)}).`, hint, { cause })
  })
  try {
    return JSON.parse(text)
  } catch (cause) {
    const place = syntaxErrorPlace(text, cause)
    throw new Fault('SETTINGS_INVALID', `${file} is not JSON${place}.`, 'Mend the syntax, then run again.')
  }
}

async function loadModule(file: string): Promise<unknown> {
  try {
    return ((await import(pathToFileURL(file).href)) as { default?: unknown }).default
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0]!.replace(/\.$/, '') : String(cause)
    const hint = 'Mend what the message names, then run again.'
    throw new Fault('SETTINGS_INVALID', `${file} cannot be loaded${moduleErrorPlace(file, cause)}: ${reason}.`, hint, {
      cause,
    })
  }
}
