import { expect, test } from 'vitest'
import type { DriftState } from '../../model/drift.ts'
import { type LiveResult, liveReportOf } from '../results/result.ts'

type Row = LiveResult['compared'][number]

const row = (look: string, fact: string, state: DriftState): Row => {
  const sides = { expected: null, observed: state === 'not-observed' ? null : 'offered', since: null, note: null }
  return { area: 'imap-capability', look, fact, state, ...sides }
}
const spent = { received: 0, sent: 0, connections: 0, mostAtOnce: 0 }
const driftOf = (...journals: readonly (readonly Row[])[]) =>
  liveReportOf(
    journals.map((compared) => ({ variants: {}, compared, spent })),
    { issuer: 'https://accounts.google.com', imap: 'imap.gmail.com:993' },
  ).drift.map(({ look, fact, state }) => [look, fact, state].join(' '))

const servers = [row('before-login', 'IDLE', 'same'), row('after-login', '', 'not-observed')]
const account = [row('before-login', '', 'not-observed'), row('after-login', 'MOVE', 'same')]

test('what one journal had no occasion to look at and another had is not told as unseen', () => {
  expect(driftOf(servers, account)).toEqual([])
  expect(driftOf(servers, [])).toEqual(['after-login  not-observed'])
  expect(driftOf(servers, servers)).toEqual(['after-login  not-observed'])
})

test('a fact that differs in any journal is told once, by what says most', () => {
  const drifted = [row('after-login', 'MOVE', 'unknown'), row('after-login', 'ID', 'known')]
  const told = ['after-login MOVE unknown', 'after-login ID known']
  expect(driftOf(servers, account, drifted)).toEqual(told)
  expect(driftOf(servers, drifted, account, drifted)).toEqual(told)
  expect(driftOf([row('after-login', 'ID', 'unknown')], drifted)).toEqual([
    'after-login ID unknown',
    'after-login MOVE unknown',
  ])
})
