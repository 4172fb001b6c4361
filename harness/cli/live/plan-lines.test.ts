import { expect, test } from 'vitest'
import { google } from '../../live/far-side.ts'
import { usualBudget } from '../../live/lines/lines.ts'
import type { LiveSettings } from '../../verify-live.ts'
import { planLines } from './plan-lines.ts'

const account = ['alice', 'example.com'].join('@')
const plan = { account, directory: '/vault', writes: false, revokes: false }
const settings = {
  ...{ farSide: google, client: { client_id: 'c', client_secret: '' }, selection: { only: [], steps: [] } },
  ...{ accounts: [plan], strict: false, includeMail: false, budget: usualBudget, lanes: 8 },
} as unknown as LiveSettings
const keeping = { vault: '/vault', key: '/vault.key' }
const told = (changes: Partial<LiveSettings> = {}): string =>
  planLines({ ...settings, ...changes }, keeping, 'conformance-report').join('\n')

test('says what is done in the order in which it is done', () => {
  const names = [...told().matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name)
  expect(names).toEqual([
    ...['account', 'issuer', 'imap', 'access', 'stored', 'login', 'reads', 'writes', 'revokes', 'limits', 'reports'],
  ])
})

test('says of mail and address what stands in the reports, and names no account', () => {
  expect(told()).toContain('no address, sender or subject stands in them')
  expect(told({ includeMail: true })).toContain('the address, senders and subjects stand in them')
  for (const includeMail of [true, false]) expect(told({ includeMail })).not.toContain('alice')
})

test('says of several accounts what is done for each', () => {
  const several = told({ accounts: [plan, plan] as unknown as LiveSettings['accounts'] })
  for (const line of ['2 accounts, 8 at a time', 'one with each mechanism, for each account', 'received, for each'])
    expect(several).toContain(line)
})
