import { Fault } from '../../model/fault.ts'
import { attestationFileNames } from '../../gate/attestation-file.ts'
import { filesOf } from '../../gate/find-projects.ts'
import { attestationForm } from '../../gate/first-attestation.ts'
import { type FirstLook, firstLook, gateFileText } from '../../gate/first-gate-file.ts'
import { gateFileNames } from '../../gate/gate-file.ts'
import { settingsFiles } from '../../gate/settings-files.ts'
import type { Terminal } from '../../model/terminal.ts'
import { nearest } from '../../nearest.ts'
import { exists, statOf } from '../../runtime/files.ts'
import { join } from '../../runtime/path.ts'
import { placeNew } from '../../runtime/place-file.ts'
import { wallClock } from '../../runtime/wall-clock.ts'
import type { ExitCode, Invocation } from '../command.ts'

const kinds: Readonly<Record<string, (folder: string, terminal: Terminal) => Promise<void>>> = { gate: initGate }

/** Writes a first file of the kind that is asked for, from what is found in a folder. */
export async function run({ arguments: [kind = '', folder = '.'], terminal }: Invocation): Promise<ExitCode> {
  const init = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  if (init === undefined) {
    const hint = `Did you mean ${nearest(kind.slice(0, 40), Object.keys(kinds))}?`
    throw new Fault('UNKNOWN_NAME', `init knows no ${kind}.`, hint)
  }
  const stat = await statOf(folder).catch(() => undefined)
  if (stat?.isDirectory !== true)
    throw new Fault('USAGE', `${folder} is no folder.`, 'Name a project folder that exists.')
  await init(folder, terminal)
  return 0
}

async function initGate(folder: string, terminal: Terminal): Promise<void> {
  const there = await firstExisting(folder, gateFileNames)
  if (there !== undefined)
    throw new Fault('USAGE', `${there} exists already; nothing is written.`, 'Change it by hand.')
  const look = await firstLook(...settingsFiles(folder, filesOf(folder)))
  const place = join(folder, gateFileNames[0])
  if (!(await placeNew(place, gateFileText(look))))
    throw new Fault('USAGE', `${place} exists already; nothing is written.`, 'Change it by hand.')
  tellLook(place, look, terminal)
  await initAttestation(folder, look.clientIds, terminal)
  terminal.print(`Next: look through both, then run \`oauth-imap check${folder === '.' ? '' : ` ${folder}`}\`.`)
}

function tellLook(place: string, { profiles }: FirstLook, terminal: Terminal): void {
  terminal.print(`Wrote ${place}`)
  if (profiles.length === 0)
    terminal.print('  no client file and no settings of Google or IMAP were found: it is a form')
  for (const { name, clients, mapping } of profiles)
    terminal.print(`  ${name}: ${clients[0] ?? 'no client file'}, ${mapping.size} settings recognised`)
}

async function initAttestation(folder: string, clientIds: readonly string[], terminal: Terminal): Promise<void> {
  const there = await firstExisting(folder, attestationFileNames)
  const place = join(folder, attestationFileNames[0])
  const today = new Date(wallClock.now()).toISOString().slice(0, 10)
  const isNew = there === undefined && (await placeNew(place, attestationForm(clientIds, today, '')))
  terminal.print(isNew ? `Wrote ${place}, a form for what only the Google console shows` : `Kept ${there ?? place}`)
}

async function firstExisting(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) if (await exists(join(folder, name))) return join(folder, name)
  return undefined
}
