import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../harness/random.ts'
import { createFuzzer } from './fuzz.fixture.ts'
import { commandStream } from './fuzz-grammar.fixture.ts'

/** A small part of what `fuzz.machine.test.ts` plays, always the same. */
test('every command has one answer, or the session ends with BYE, whatever becomes of its words', () => {
  const fuzzer = createFuzzer()
  fc.assert(
    fc.property(commandStream, (stream) => {
      expect(fuzzer.commands(stream)).toBeUndefined()
    }),
    { numRuns: 150, seed: 1 },
  )
  expect(fuzzer.end()).toBeUndefined()
})

test('any octets leave a server that serves the next client', () => {
  const fuzzer = createFuzzer()
  for (let seed = 1; seed <= 150; seed++) expect(fuzzer.octets(createRandom(seed)), `seed ${seed}`).toBeUndefined()
})
