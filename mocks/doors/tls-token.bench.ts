import { afterAll, expect, test } from 'vitest'
import { interceptOurs, startOurs } from '../google/ours.fixture.ts'
import { createPki } from './pki.ts'

/** What the wire costs: the same token request over a kept TLS connection and inside the process. */

const pki = await createPki()
const door = await startOurs(pki)
const inProcess = await interceptOurs()
afterAll(async () => {
  await door[Symbol.asyncDispose]()
  await inProcess[Symbol.asyncDispose]()
})

/** Of three rounds the best counts: what else the machine does only ever adds. */
const rounds = 3
const wire = 'over TLS, keep-alive'
const inside = 'in the process'

test(
  'a token request over TLS takes at most 2.5 times as long as one in the process',
  { timeout: 60_000 },
  async ({ bench }) => {
    const options = { warmupIterations: 200, iterations: 1000, time: 0 }
    const ratios: number[] = []
    for (let round = 0; round < rounds; round++) {
      const results = await bench.compare(
        bench(wire, async () => void (await door.refresh())),
        bench(inside, async () => void (await inProcess.refresh())),
        options,
      )
      const [overTls, within] = ([wire, inside] as const).map((name) => results.get(name).latency.p50)
      ratios.push(overTls! / within!)
    }
    expect(Math.min(...ratios)).toBeLessThan(2.5)
  },
)
