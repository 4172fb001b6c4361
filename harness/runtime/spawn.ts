import { spawn } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileCacheEnvironment } from './compile-cache.ts'
import { type Contained, type Exit, contain, hasGroups } from './contain.ts'
import { openProcessTree } from './process-tree.ts'
import { umaskVariable } from './child-variables.ts'
import { runtime } from './runtime.ts'

export interface ScriptOptions {
  /** A module of ours, with the extension that `import.meta.url` of the caller has: `.ts` in a checkout, `.js` when built. */
  readonly module: URL
  readonly args?: readonly string[]
  /** The whole environment but for PATH and the runtime's own cache: nothing else is inherited. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Such as 0o077. The child sets it for itself in `openParent`, since no runtime's spawn can. */
  readonly umask?: number
  onMessage(message: unknown): void
  /** Called once, after the last message and the last output. */
  onExit(exit: Exit): void
}

export interface SpawnedScript extends Contained {
  /** Plain JSON values only. A message to a child that has ended is dropped. */
  post(message: unknown): void
}

/** Runs one of our modules in a child process of the same runtime, with a message channel and captured output. */
export function spawnScript(options: ScriptOptions): SpawnedScript {
  const script = [fileURLToPath(options.module), ...(options.args ?? [])]
  const tree = openProcessTree()
  const child = spawn(process.execPath, [...flags(), ...script], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...environment(options), ...tree.environment },
    detached: hasGroups,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  child.on('message', options.onMessage)
  const contained = contain(child, tree)
  void contained.exited.then(options.onExit)
  return {
    ...contained,
    post: (message) => {
      if (child.connected) child.send(message as object, () => {})
    },
  }
}

const flags = (): readonly string[] => (runtime().name === 'deno' ? ['run', '-A', '--no-prompt'] : [])

function environment({ env = {}, umask }: ScriptOptions): Record<string, string> {
  const own: Record<string, string> = { PATH: process.env['PATH'] ?? '', ...compileCacheEnvironment() }
  if (umask !== undefined) own[umaskVariable] = umask.toString(8)
  // Without these the runtimes would leave their caches in the home directory of the subject, among its own files.
  if (runtime().name === 'deno') {
    own['DENO_DIR'] = process.env['DENO_DIR'] ?? join(homedir(), '.cache', 'deno')
    // Once a day, half a second after its start, Deno asks its maker for a newer one: no subject's request.
    own['DENO_NO_UPDATE_CHECK'] = '1'
  }
  if (runtime().name === 'bun') own['BUN_RUNTIME_TRANSPILER_CACHE_PATH'] = '0'
  return { ...own, ...env }
}
