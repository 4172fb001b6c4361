import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileCacheEnvironment } from '../runtime/compile-cache.ts'

/** Vitest transforms our sources; here each runtime loads them by itself, as a user's command does. */
const runtimes = { node: ['node'], bun: ['bun'], deno: ['deno', 'run', '-A'] } as const
type Name = keyof typeof runtimes

const main = fileURLToPath(new URL('main.mjs', import.meta.url))
const binary = (name: string): string => fileURLToPath(new URL(`../../node_modules/.bin/${name}`, import.meta.url))

interface Ended {
  readonly code: number | null
  readonly stderr: string
  readonly report: Record<string, unknown>
}

let directory: string
const played: { [name in Name]?: readonly Ended[] } = {}

const play = async (name: Name, times: number): Promise<readonly Ended[]> => {
  const ended: Ended[] = []
  for (let run = 0; run < times; run++) {
    const out = `${directory}/${name}-${run}`
    const [command, ...args] = runtimes[name]
    const child = spawn(
      binary(command),
      [...args, main, 'run', '--subject', 'reference', '--seed', '7', '--out', out],
      {
        env: { ...process.env, ...compileCacheEnvironment() },
      },
    )
    let stderr = ''
    child.stderr.on('data', (chunk: Uint8Array) => (stderr += String(chunk)))
    child.stdout.resume()
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    const report = code === 0 ? JSON.parse(await readFile(`${out}/report.json`, 'utf8')) : {}
    ended.push({ code, stderr, report: report as Record<string, unknown> })
  }
  return ended
}

beforeAll(async () => {
  directory = await mkdtemp(`${tmpdir()}/oauth-imap-native-`)
  // All are compared with all, so that a second run on each runtime would show nothing more.
  await Promise.all(
    (Object.keys(runtimes) as Name[]).map(async (name) => (played[name] = await play(name, name === 'node' ? 2 : 1))),
  )
}, 60_000)
afterAll(() => rm(directory, { recursive: true, force: true }))

/** All that may differ between two runs with one seed. */
const comparable = ({ startedAt: _1, durationMs: _2, environment: _3, ...rest }: Record<string, unknown>): string =>
  JSON.stringify(rest)

test.each(Object.keys(runtimes) as Name[])('the reference conforms on %s itself', (name) => {
  for (const { code, stderr, report } of played[name]!) {
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
    expect(report['environment']).toMatchObject({ runtime: expect.stringContaining(name) })
  }
})

test('one seed gives one report, run after run and on every runtime', () => {
  const reports = Object.values(played).flatMap((runs) => runs.map(({ report }) => comparable(report)))
  expect(reports).toHaveLength(4)
  expect(new Set(reports).size).toBe(1)
})
