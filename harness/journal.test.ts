import { describe, expect, test } from 'vitest'
import { openJournal } from './journal.ts'
import { type Observation, positionOf } from './model/observation.ts'

const opened = () => {
  let now = 0
  const journal = openJournal({ scenario: 'story', door: 'tls', seed: 7 }, () => now)
  return { journal, at: (time: number) => (now = time) }
}

test('observations stand in order, numbered within their stream, with time and phase', () => {
  const { journal, at } = opened()
  expect(journal.record('mailbox', 'imap.bye', { reason: 'logout' })).toBe('mailbox#1')
  at(5)
  journal.phase('second')
  expect(journal.record('imap:2', 'imap.conn.open', { connection: 2, security: 'tls' })).toBe('imap:2#1')
  expect(journal.record('mailbox', 'imap.bye', { reason: 'fault' })).toBe('mailbox#2')
  expect(journal.size).toBe(4)
  const soFar = journal.soFar()
  journal.record('mailbox', 'imap.bye', { reason: 'logout' })
  expect([soFar.length, journal.soFar().slice(0, 4)]).toEqual([4, soFar])
  const sealed = journal.seal()
  expect(sealed).toMatchObject({ scenario: 'story', door: 'tls', seed: 7 })
  expect(sealed.observations.map((one) => [positionOf(one), one.type, one.at, one.phase])).toEqual([
    ['mailbox#1', 'imap.bye', 0, 'start'],
    ['scenario#1', 'scenario.phase', 5, 'second'],
    ['imap:2#1', 'imap.conn.open', 5, 'second'],
    ['mailbox#2', 'imap.bye', 5, 'second'],
    ['mailbox#3', 'imap.bye', 5, 'second'],
  ])
})

describe('a sealed journal', () => {
  test('takes nothing more, and is the same however often it is sealed', () => {
    const { journal } = opened()
    journal.record('mailbox', 'imap.bye', { reason: 'logout' })
    const sealed = journal.seal()
    expect(journal.record('mailbox', 'imap.bye', { reason: 'fault' })).toBe('mailbox#2')
    journal.phase('late')
    expect(journal.seal()).toBe(sealed)
    expect(sealed.observations).toHaveLength(1)
    expect(journal.size).toBe(1)
  })

  test('cannot be changed, at no depth, by nobody who kept a part of it', () => {
    const { journal } = opened()
    const kids = ['one']
    journal.record('jwks', 'as.jwks.served', { kids })
    kids.push('two')
    const sealed = journal.seal()
    expect(sealed.observations[0]?.fields).toEqual({ kids: ['one'] })
    const [observation] = sealed.observations as readonly [Observation<'as.jwks.served'>]
    const parts = [sealed, sealed.observations, observation, observation.fields, observation.fields.kids]
    for (const part of parts) expect(Object.isFrozen(part)).toBe(true)
    expect(kids).toEqual(['one', 'two'])
  })
})

test('whoever listens hears of each observation until the end', () => {
  const { journal } = opened()
  let heard = 0
  journal.onRecord(() => (heard += 1))
  journal.phase('one')
  journal.record('mailbox', 'imap.bye', { reason: 'logout' })
  journal.seal()
  journal.record('mailbox', 'imap.bye', { reason: 'fault' })
  expect(heard).toBe(2)
})
