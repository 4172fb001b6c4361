import type { Recorder } from './journal.ts'
import type { Leak } from './model/secret.ts'
import { readBytes, walk } from './runtime/files.ts'
import type { SecretRegistry } from './secrets.ts'
import { type KeptProcesses, keepProcesses } from './stages/observe.ts'

interface Output {
  readonly stdout: Uint8Array
  readonly stderr: Uint8Array
}

/** Looks for secrets in what a subject left behind, and proves by a planted one that it would find them. */
export interface Inspector {
  /** The canary that the stage prints and writes; null where nothing is inspected. */
  readonly planted: string | null
  /** Keeps what the subject printed so far; a restart begins with empty output. */
  keep(output: Output): void
  readonly kept: readonly Output[]
  /** What was seen of the processes; undefined where nobody looks at them. */
  readonly processes: KeptProcesses | undefined
}

const canaryShape = { prefix: 'planted', length: 48, alphabet: 'abcdefghijklmnopqrstuvwxyz0123456789' }

/** @param plants where the canary goes: among what the stage prints and writes, and into a process of its own */
export function createInspector(
  secrets: SecretRegistry,
  plants: { readonly files: boolean; readonly processes: boolean },
): Inspector {
  const kept: Output[] = []
  const canary = (): string => secrets.mint('planted-canary', canaryShape)
  return {
    planted: plants.files ? canary() : null,
    keep: (output) => void kept.push(output),
    kept,
    processes: plants.processes ? keepProcesses(canary()) : undefined,
  }
}

/** Records mode and content scan of every file below `home`, and of everything that was printed. */
export async function inspectHome(
  inspector: Inspector,
  home: string,
  { journal, secrets }: { readonly journal: Recorder; readonly secrets: SecretRegistry },
): Promise<void> {
  for (const { path, kind, mode, size } of await walk(home)) {
    const told = { path: secrets.mask(`~/${path}`), kind: kind === 'symlink' ? ('other' as const) : kind }
    journal.record('storage', 'fs.stat', { ...told, mode, size })
    if (kind !== 'file') continue
    // A file can be named for what it holds, and names are copied and logged too.
    const named = await secrets.scanner.scan(new TextEncoder().encode(path))
    const held = await secrets.scanner.scan(await readBytes(`${home}/${path}`))
    journal.record('storage', 'fs.scan', { path: told.path, ...sorted([...named, ...held]) })
  }
  for (const channel of ['stdout', 'stderr'] as const) {
    const found: Leak[] = []
    let bytes = 0
    for (const output of inspector.kept) {
      found.push(...(await secrets.scanner.scan(output[channel])))
      bytes += output[channel].length
    }
    journal.record('output', 'output.scan', { channel, bytes, ...sorted(found) })
  }
}

/** Tells the planted canary from real leaks. */
export const sorted = (found: readonly Leak[]): { leaks: readonly Leak[]; planted: boolean } => ({
  leaks: found.filter(({ kind }) => kind !== 'planted-canary'),
  planted: found.some(({ kind }) => kind === 'planted-canary'),
})
