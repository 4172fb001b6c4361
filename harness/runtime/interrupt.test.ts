import { expect, test } from 'vitest'
import { onInterrupt } from './interrupt.ts'

test('both signals call back until undone, and nothing is left behind', () => {
  const before = [process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]
  const seen: string[] = []
  const undo = onInterrupt((signal) => seen.push(signal))
  process.emit('SIGINT')
  process.emit('SIGTERM')
  undo()
  expect(seen).toEqual(['SIGINT', 'SIGTERM'])
  expect([process.listenerCount('SIGINT'), process.listenerCount('SIGTERM')]).toEqual(before)
})
