import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
/** Where `.ci/machine-programs` puts what it builds. */
const built = (path: string): string => join(root, '.machine', path)

const inPath = (name: string): string =>
  (process.env['PATH'] ?? '')
    .split(':')
    .map((directory) => join(directory, name))
    .find((path) => existsSync(path)) ?? name

/** The foreign programs; `.ci/machine-programs` installs them. */
export const programs = {
  python: built('python/bin/python'),
  go: built('oracle-go'),
  goErrands: built('errands-go'),
  rclone: inPath('rclone'),
  bash: inPath('bash'),
  java: inPath('java'),
  keytool: inPath('keytool'),
  bun: join(root, 'node_modules/.bin/bun'),
  deno: join(root, 'node_modules/.bin/deno'),
}
export const scriptOf = (path: string): string => join(root, 'fixtures/oracles', path)

/** Real milliseconds that one program may take; a whole journey takes one or two seconds. */
const limit = 60_000

/** One JSON line of a program: what its library made of one answer. */
export interface Told {
  readonly step: string
  readonly [member: string]: unknown
}

export interface Ended {
  readonly told: readonly Told[]
  /** Everything else that it said. */
  readonly output: string
  readonly code: number | null
}

/**
 * Starts a foreign program. Lines that are JSON objects are told, any other is output. It is killed by its process id
 * when it takes too long.
 *
 * @param env the whole environment but for PATH
 * @param hear is told each line as it comes, JSON or not
 */
export function runProgram(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  hear: (line: string, told: Told | undefined) => void = () => {},
): Promise<Ended> {
  if (!existsSync(command)) throw new Error(`${command} is missing: run .ci/machine-programs`)
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limit,
      killSignal: 'SIGKILL',
    })
    const told: Told[] = []
    const output: string[] = []
    const listen = (line: string): void => {
      const found = toldIn(line)
      if (found === undefined) output.push(line)
      else told.push(found)
      hear(line, found)
    }
    createInterface(child.stdout).on('line', listen)
    createInterface(child.stderr).on('line', listen)
    child.once('error', reject)
    child.once('close', (code) => resolve({ told, output: output.join('\n'), code }))
  })
}

function toldIn(line: string): Told | undefined {
  try {
    const document = JSON.parse(line) as Partial<Told> | null
    return typeof document?.step === 'string' ? (document as Told) : undefined
  } catch {
    return undefined
  }
}
