import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** What ten thousand sign-ins in one world leave behind: consents, codes, tokens, and the secrets' registry. */

const program = fileURLToPath(new URL('grants-memory.fixture.ts', import.meta.url))
const signIns = 10_000

interface Grown {
  readonly heap: number
  readonly external: number
  readonly rss: number
  readonly observations: number
}

async function grownBy(...args: readonly string[]): Promise<Grown> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, String(signIns), ...args])
  return JSON.parse(stdout) as Grown
}

const told = ({ heap, external, rss }: Grown): string =>
  `${heap + external} MB (heap ${heap}, beside it ${external}; resident ${rss})`

test('the memory of ten thousand grants', { timeout: 240_000 }, async () => {
  const [grants, withJournal] = await Promise.all([grownBy(), grownBy('journal')])
  console.log(`${signIns} grants take ${told(grants)}`)
  console.log(`with a journal of ${withJournal.observations} observations ${told(withJournal)}`)
  for (const { heap, external } of [grants, withJournal]) expect(heap + external).toBeLessThan(100)
})
