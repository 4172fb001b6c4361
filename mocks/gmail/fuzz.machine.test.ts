import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../harness/random.ts'
import { createFuzzer } from './fuzz.fixture.ts'
import { commandStream } from './fuzz-grammar.fixture.ts'

const runs = Number(process.env['FUZZ_RUNS'] ?? 80_000)

/** Octets that a run may leave on the heap. */
const mostKept = 50 * 1024 * 1024

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const kept = (): number => {
  collectGarbage()
  return process.memoryUsage().heapUsed
}

test(`${runs} streams of commands, whole and spoiled`, { timeout: 110_000 }, () => {
  const before = kept()
  const fuzzer = createFuzzer()
  fc.assert(
    fc.property(commandStream, (stream) => {
      expect(fuzzer.commands(stream)).toBeUndefined()
    }),
    { numRuns: runs },
  )
  expect(fuzzer.end()).toBeUndefined()
  expect(kept() - before).toBeLessThan(mostKept)
})

test(`${runs} streams of octets that began as sessions`, { timeout: 110_000 }, () => {
  const before = kept()
  const fuzzer = createFuzzer()
  const first = Math.floor(Math.random() * 2 ** 31)
  for (let run = 0; run < runs; run++)
    expect(fuzzer.octets(createRandom(first + run)), `seed ${first + run}`).toBeUndefined()
  expect(kept() - before).toBeLessThan(mostKept)
})
