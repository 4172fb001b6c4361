import { expect, test } from 'vitest'
import { onInterrupt } from './interrupt.ts'

test('every signal calls back until undone, and nothing is left behind', () => {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const listeners = () => signals.map((signal) => process.listenerCount(signal))
  const before = listeners()
  const seen: string[] = []
  const undo = onInterrupt((signal) => seen.push(signal))
  for (const signal of signals) process.emit(signal)
  undo()
  expect(seen).toEqual(signals)
  expect(listeners()).toEqual(before)
})
