import { describe, expect, test } from 'vitest'
import { journalOf, phase, said, secretRef } from '../../harness/hand-made.fixture.ts'
import { all } from '../../harness/model/observation.ts'
import { inPhase, loggedInDuring } from './phases.ts'
import { isProduction, setting, settings, valuesOf } from './settings.ts'
import { tokenLedger } from './token-ledger.ts'
import { parameter, refreshes, text, tokenRequests } from './token-requests.ts'

const request = {
  ...({ endpoint: 'token-endpoint', method: 'POST', origin: 'https://oauth2.googleapis.com', path: '/token' } as const),
  ...{ query: [], headers: [], contentType: null, bodyLength: 0 },
  actor: 'subject' as const,
}
const answer = { endpoint: 'token-endpoint' as const, contentType: null }

describe('token requests', () => {
  const journal = journalOf(
    { scenario: 'story' },
    said(1, 'token-endpoint', 'http.request', { ...request, form: [['grant_type', 'refresh_token']] }),
    said(2, 'token-endpoint', 'http.request', { ...request, form: null }),
    said(3, 'token-endpoint', 'http.response', { ...answer, to: 'token-endpoint#2', status: 200 }),
    said(4, 'token-endpoint', 'http.response', {
      ...answer,
      to: 'token-endpoint#1',
      status: 400,
      error: 'invalid_grant',
    }),
    said(5, 'userinfo', 'http.request', { ...request, endpoint: 'userinfo', form: null }),
    said(6, 'token-endpoint', 'http.request', { ...request, form: [['grant_type', 'authorization_code']] }),
  )

  test('stand in order, each with the answer that it got, whatever order answers came in', () => {
    const told = tokenRequests(journal).map(({ at, time, grantType, status, error }) => [
      at,
      time,
      grantType,
      status,
      error,
    ])
    expect(told).toEqual([
      ['token-endpoint#1', 1, 'refresh_token', 400, 'invalid_grant'],
      ['token-endpoint#2', 2, '', 200, undefined],
      ['token-endpoint#5', 6, 'authorization_code', undefined, undefined],
    ])
  })

  test('refreshes are those with that grant type', () => {
    expect(refreshes(journal).map(({ at }) => at)).toEqual(['token-endpoint#1'])
  })

  test('parameters are found by name, the first of equals, secrets as their reference', () => {
    const list = [
      ['code', secretRef('authorization-code-3')],
      ['a', '1'],
      ['a', '2'],
    ] as const
    expect([text(list, 'code'), text(list, 'a'), text(list, 'b'), parameter(list, 'a')]).toEqual([
      ...['authorization-code-3', '1', undefined, '1'],
    ])
  })
})

test('the ledger knows when each access token begins and ends', () => {
  const issued = (token: string, at: number) =>
    said(at, 'google', 'as.token.issued', {
      ...{
        accessToken: secretRef(token),
        refreshToken: null,
        by: 'refresh_token',
        grant: 'g',
        account: 'a',
        scope: 's',
      },
      lifetime: 3599,
    })
  const ledger = tokenLedger(journalOf({ scenario: 'story' }, issued('access-token-1', 5), issued('access-token-2', 9)))
  expect([...ledger.keys()]).toEqual(['access-token-1', 'access-token-2'])
  expect(ledger.get('access-token-2')).toEqual({
    ...{ token: 'access-token-2', issued: 'google#2', issuedAt: 9, expiresAt: 9 + 3_599_000 },
    ...{ by: 'refresh_token', account: 'a' },
  })
})

test('settings are found by name and profile; a single value is a list of one', () => {
  const value = (profile: string, name: string, held: string | readonly string[] | ReturnType<typeof secretRef>) =>
    said(0, 'configuration', 'config.value', {
      ...{ file: 'c.json', line: 1, column: 1, pointer: '/x', profile, name, value: held, source: 'literal' },
    })
  const journal = journalOf(
    { scenario: 'configuration' },
    value('development', 'scopes', ['a', 'b']),
    value('production', 'scopes', 'c'),
    value('production', 'client.client_secret', secretRef('client-secret-1')),
  )
  expect(settings(journal, 'scopes').map(valuesOf)).toEqual([['a', 'b'], ['c']])
  expect(setting(journal, 'production', 'scopes')?.fields.value).toBe('c')
  expect(setting(journal, 'production', 'runtime')).toBeUndefined()
  expect(all(journal, 'config.value').map(isProduction)).toEqual([false, true, true])
  expect(valuesOf(setting(journal, 'production', 'client.client_secret')!)).toEqual([])
})

test('a story has a login when Gmail accepted one', () => {
  const login = (result: 'accepted' | 'refused') =>
    said(0, 'imap:1', 'imap.auth', {
      ...{ tag: 'A1', mechanism: 'XOAUTH2', initialResponse: true, saslIr: true, user: 'a', token: null, message: '' },
      ...{ base64: 'canonical', result },
    })
  const story = journalOf({ scenario: 'story' }, phase('a'), login('refused'), phase('b'), login('accepted'))
  expect([loggedInDuring(story, 'a'), loggedInDuring(story, 'b'), loggedInDuring(story, 'c')]).toEqual([
    false,
    true,
    false,
  ])
  expect(inPhase(story, 'imap.auth', 'a')).toHaveLength(1)
})
