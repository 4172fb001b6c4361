import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import authorizationErrors from '../../../fixtures/google/authorization-errors.json' with { type: 'json' }
import tokenErrors from '../../../fixtures/google/token-errors.json' with { type: 'json' }
import { authorizationRows, state } from './authorization-rows.fixture.ts'
import { type Party, openParties } from './parties.fixture.ts'
import type { Answer, Row } from './rows.fixture.ts'
import { tokenRows } from './token-rows.fixture.ts'

/**
 * The same requests go to panva's oidc-provider, which follows the RFCs and was written by somebody else, and to ours.
 * Every difference is listed with its reason; one that comes or goes fails.
 */

let parties: Awaited<ReturnType<typeof openParties>>
beforeAll(async () => {
  // It tells everybody that it keeps its tokens in memory.
  vi.spyOn(console, 'info').mockImplementation(() => {})
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  parties = await openParties()
})
afterAll(async () => {
  await parties[Symbol.asyncDispose]()
  vi.restoreAllMocks()
})

async function answerOf(party: Party, { send }: Row): Promise<Answer> {
  const sent = await send(party)
  const response = await party.send(sent)
  return sent.endpoint === 'token' ? tokenAnswer(response) : authorizationAnswer(party, response)
}

async function tokenAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response
  const text = await response.text()
  if (headers.get('content-type')?.startsWith('application/json') !== true) return { status }
  const { error } = JSON.parse(text) as { readonly error?: string }
  return {
    status,
    ...(error === undefined ? {} : { error }),
    ...(headers.get('cache-control')?.includes('no-store') === true ? {} : { noStore: false }),
    ...(headers.has('www-authenticate') ? { challenge: true } : {}),
  }
}

async function authorizationAnswer(party: Party, response: Response): Promise<Answer> {
  const ended = await party.end(response)
  if (ended.end !== 'application') return { end: ended.end }
  const { searchParams } = ended.url
  return {
    end: 'application',
    error: searchParams.get('error') ?? 'none',
    ...(searchParams.get('state') === state ? {} : { state: 'lost' }),
  }
}

describe.each([
  ['token', tokenRows],
  ['authorization', authorizationRows],
] as const)('the %s endpoint', (_, rows) => {
  test.each(rows)('$asks ($clause)', async (row) => {
    expect(await answerOf(parties.theirs, row)).toEqual(row.theirs)
    expect(await answerOf(parties.ours, row)).toEqual(row.ours)
  })
})

const rows = [...tokenRows, ...authorizationRows]

test('every difference that is listed is one, and has a reason; Google’s stand in the fixtures', () => {
  for (const { asks, ours, theirs, reason } of rows)
    expect(JSON.stringify(ours) === JSON.stringify(theirs), asks).toBe(reason === undefined)
  const named = rows.flatMap(({ reason }) => (reason !== undefined && 'google' in reason ? [reason.google] : []))
  const known = Object.keys({ ...tokenErrors, ...authorizationErrors })
  expect(named.filter((name) => !known.includes(name))).toEqual([])
  expect(rows.length).toBeGreaterThanOrEqual(60)
})
