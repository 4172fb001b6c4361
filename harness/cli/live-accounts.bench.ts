import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** What two hundred accounts take, one after the other’s place, with a far side on the same machine. */

const program = fileURLToPath(new URL('live-accounts-memory.fixture.ts', import.meta.url))
const accounts = 200

interface Fleet {
  readonly verdict: string
  readonly seconds: number
  readonly cpu: number
  /** In megabytes, after so many accounts. */
  readonly told: readonly { readonly done: number; readonly kept: number; readonly rss: number }[]
}

test('two hundred accounts in half a minute, with memory flat', { timeout: 240_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, String(accounts)])
  const { verdict, seconds, cpu, told } = JSON.parse(stdout) as Fleet
  const [early, late] = [told[0]!, told.at(-1)!]
  console.log(`${accounts} accounts take ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of them at work here`)
  console.log(
    `after ${early.done}: ${early.kept} MB (resident ${early.rss}); after ${late.done}: ${late.kept} MB (${late.rss})`,
  )
  expect([verdict, early.done, late.done]).toEqual(['pass', 20, accounts])
  expect(late.kept - early.kept).toBeLessThan(8)
  expect(seconds).toBeLessThan(30)
})
