import { Fault } from '../../model/fault.ts'
import { type Attestation, attestationFileNames, readAttestation } from '../../gate/attestation-file.ts'
import { filesOf } from '../../gate/find-projects.ts'
import { attestationForm } from '../../gate/first-attestation.ts'
import { firstLook } from '../../gate/first-gate-file.ts'
import { readTree } from '../../gate/read-tree.ts'
import { restamp } from '../../gate/restamp.ts'
import { settingsFiles } from '../../gate/settings-files.ts'
import type { Terminal } from '../../model/terminal.ts'
import { errorCode } from '../../runtime/error-code.ts'
import { readPlainFile } from '../../runtime/bounded-file.ts'
import { statOf, writeWhole } from '../../runtime/files.ts'
import { basename, dirname, join } from '../../runtime/path.ts'
import { placeNew } from '../../runtime/place-file.ts'
import { wallClock } from '../../runtime/wall-clock.ts'
import type { ExitCode, Invocation } from '../command.ts'
import { textOption } from '../options.ts'

/** Says that what an attestation states was looked at today: shows it, and sets its day and name anew. */
export async function run({ arguments: [named = '.'], options, terminal }: Invocation): Promise<ExitCode> {
  const by = textOption(options, 'by')?.trim()
  if (by === '') throw new Fault('USAGE', '--by names nobody.', 'Say who looked at the Google console.')
  const file = await attestationAt(named)
  const text = await textAt(file)
  await (text === undefined ? writeForm(file, by ?? '', terminal) : stamp(file, text, by, terminal))
  return 0
}

/** The file that was named, or that of a folder. */
async function attestationAt(named: string): Promise<string> {
  const stat = await statOf(named).catch(() => undefined)
  if (stat?.isDirectory !== true) return named
  for (const name of attestationFileNames) {
    const place = join(named, name)
    if ((await textAt(place)) !== undefined) return place
  }
  return join(named, attestationFileNames[0])
}

const textAt = (file: string): Promise<string | undefined> =>
  readPlainFile(file, largest).then(
    (read) => {
      if (typeof read !== 'string') return read.text
      throw new Fault(
        'USAGE',
        `${file} is ${read === 'huge' ? 'too large' : read}.`,
        'Name an attestation file or a folder.',
      )
    },
    (cause: unknown) => {
      if (errorCode(cause) === 'ENOENT') return undefined
      const reason = errorCode(cause) ?? 'unknown'
      throw new Fault('USAGE', `${file} cannot be read (${reason}).`, 'Name an attestation file or a folder.', {
        cause,
      })
    },
  )

/** An attestation of thousands of clients is smaller. */
const largest = 4 * 1024 * 1024

const today = (): string => new Date(wallClock.now()).toISOString().slice(0, 10)

async function writeForm(file: string, by: string, terminal: Terminal): Promise<void> {
  if (!/\.ya?ml$/.test(basename(file)))
    throw new Fault('USAGE', `${file} does not exist, and the form is YAML.`, `Name ${attestationFileNames[0]}.`)
  const folder = dirname(file)
  const { clientIds } = await firstLook(...settingsFiles(folder, filesOf(folder)))
  if (!(await placeNew(file, attestationForm(clientIds, today(), by))))
    throw new Fault('USAGE', `${file} exists already; nothing is written.`, 'Run again.')
  terminal.print(`Wrote ${file}, a form: fill in what the Google console shows, then run \`oauth-imap attest\` again.`)
}

async function stamp(file: string, text: string, by: string | undefined, terminal: Terminal): Promise<void> {
  const read = readTree(file, text)
  const attestation = 'problem' in read ? read : readAttestation(read.tree)
  if ('problem' in attestation) {
    const { line, column, problem } = attestation
    throw new Fault('USAGE', `${file}:${line}:${column}: ${problem}.`, 'Mend it, then attest again.')
  }
  if (attestation.facts.length === 0)
    throw new Fault('USAGE', `${file} states nothing yet.`, 'Fill in what the Google console shows, then attest.')
  const checkedBy = by ?? attestation.checkedBy
  if (checkedBy === '') throw new Fault('USAGE', `${file} says of nobody who checked it.`, 'Say who with --by NAME.')
  const checkedOn = today()
  const { mode } = await statOf(file)
  await writeWhole(file, restamp(file, text, { checkedOn, checkedBy }), Number.parseInt(mode, 8))
  terminal.print(statements(attestation).join('\n'))
  terminal.print(`${file} states this as of ${checkedOn}, by ${checkedBy}; before: ${attestation.checkedOn}.`)
  terminal.print('What is no longer so: correct it, then attest again.')
}

/** One line for each fact, under what it is a fact of. */
function statements({ facts }: Attestation): readonly string[] {
  return [...Map.groupBy(facts, ({ of }) => of)].flatMap(([of, own]) => [
    of,
    ...own.map(({ name, value }) => `  ${name}: ${value}`),
  ])
}
