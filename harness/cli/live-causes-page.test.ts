import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Told, journalOf, said } from '../hand-made.fixture.ts'
import { causes } from '../live/causes.ts'
import { reportOfResults } from '../live/results/live-report.ts'
import { accountScenario, resultOf, serversScenario } from '../live/results/result.ts'
import { type LiveCause, type LivePart, type ObservedLive, liveCauses } from '../model/live.ts'
import type { Observed } from '../model/observation.ts'
import { makePlan } from '../plan.ts'
import { checkout } from './action.fixture.ts'
import { liveCatalogue } from './catalogue.ts'
import { exitCodeOf } from './outcome.ts'

/** The table of causes in `docs/live.md`, row by row: its words are those of the program, its exit codes the judged ones. */

let rows: readonly (readonly string[])[]
beforeAll(async () => {
  const page = await readFile(join(checkout, 'docs/live.md'), 'utf8')
  const table = page.slice(page.indexOf('\n## Causes'), page.indexOf('\n## Without Google'))
  rows = [...table.matchAll(/^\| `([\w-]+)` +\| (.*?) +\| (.*?) +\| (\d+) +\|$/gm)].map(([, ...cells]) => cells)
})

const live = <T extends keyof ObservedLive>(type: T, fields: Observed[T]): Told => said(0, 'live', type, fields)

const answer = (fields: Partial<ObservedLive['live.tokens']>): Told =>
  live('live.tokens', {
    ...{ by: 'authorization_code', status: 200, error: null, description: null },
    ...{ members: ['access_token', 'refresh_token'], tokenType: 'Bearer', expiresIn: 3599 },
    ...{ refreshTokenExpiresIn: null, scope: null, refreshToken: true, identity: 'the account' },
    ...fields,
  })
const refusal = (error: string, fields: Partial<ObservedLive['live.tokens']> = {}): Told =>
  answer({ status: 400, error, members: ['error'], refreshToken: false, identity: 'not told', ...fields })
const turnedAway = live('live.login', {
  ...{ mechanism: 'XOAUTH2', token: 'refreshed', offered: true, result: 'refused' },
  ...{ challenge: null, answer: 'NO [ALERT] as Gmail says it' },
})

interface Seen {
  readonly part: LivePart
  readonly besides: readonly Told[]
  readonly servers?: true
}

/** What a run saw besides the cause; of the others nothing. */
const seen: Readonly<Partial<Record<LiveCause, Seen>>> = {
  'consent-denied': {
    part: 'sign-in',
    besides: [live('live.consent', { answer: 'refused', error: 'access_denied' })],
  },
  'consent-refused': {
    part: 'sign-in',
    besides: [live('live.consent', { answer: 'refused', error: 'invalid_scope' })],
  },
  'wrong-account': { part: 'sign-in', besides: [answer({ identity: 'another account' })] },
  'scope-unticked': { part: 'sign-in', besides: [answer({ scope: ['openid', 'email'] })] },
  'no-refresh-token': { part: 'sign-in', besides: [answer({ refreshToken: false, members: ['access_token'] })] },
  'grant-dead': { part: 'refresh', besides: [refusal('invalid_grant', { by: 'refresh_token' })] },
  'client-refused': { part: 'sign-in', besides: [refusal('invalid_client', { status: 401 })] },
  throttled: { part: 'refresh', besides: [refusal('rate_limit_exceeded', { by: 'refresh_token', status: 429 })] },
  'server-error': { part: 'refresh', besides: [refusal('internal_failure', { by: 'refresh_token', status: 503 })] },
  'imap-off': { part: 'xoauth2', besides: [turnedAway] },
  'login-refused': { part: 'xoauth2', besides: [turnedAway] },
  'label-not-ours': { part: 'write', besides: [] },
  'not-the-issuer': {
    part: 'metadata',
    servers: true,
    besides: [
      live('live.metadata', {
        ...{ url: 'https://accounts.google.com/.well-known/openid-configuration', status: 200 },
        ...{ issuer: 'https://login.example.com', missing: [], insecure: [] },
      }),
    ],
  },
  'mechanism-missing': {
    part: 'greeting',
    servers: true,
    besides: [live('live.capabilities', { when: 'before-login', names: ['IMAP4REV1', 'AUTH=PLAIN'] })],
  },
  'not-imap': {
    part: 'greeting',
    servers: true,
    besides: [
      live('live.greeting', {
        ...{ host: 'imap.gmail.com', port: 993, version: 'TLSv1.3', condition: 'none', said: '220 smtp.example.com' },
      }),
    ],
  },
}

const asked = live('live.asked', {
  issuer: 'https://accounts.google.com',
  mailScope: 'https://mail.google.com/',
  also: ['storage', 'write', 'revoke'],
})

/** The exit code of a run that met this cause. */
function codeAfter(cause: LiveCause): number {
  const { part, besides, servers } = seen[cause] ?? { part: 'sign-in', besides: [], servers: undefined }
  const scenario = servers === true ? serversScenario : accountScenario
  const journal = journalOf({ scenario }, asked, ...besides, live('live.trouble', { part, cause, said: 'so it is' }))
  const time = { startedAt: '2026-11-23T05:17:00.000Z', durationMs: 1 }
  const options = { capabilities: new Set<never>(), instruments: new Set<never>(), strict: false }
  const judging = { ...options, lacks: new Map(), replay: () => 'again' }
  const report = reportOfResults(
    makePlan({ only: [], steps: [] }, liveCatalogue),
    [resultOf(journal, liveCatalogue.checks, judging, { address: 'a…@gmail.com', ...time })],
    {
      ...{ tool: { name: 'oauth-imap-conformance', version: '0.1.0' }, ...time, subject: 'a…@gmail.com' },
      catalogue: { version: liveCatalogue.version, checks: liveCatalogue.checks.length },
      ...{ issuer: 'https://accounts.google.com', imap: 'imap.gmail.com:993', runtime: 'a runtime', instruments: [] },
      ...{ selection: { only: [], steps: [] }, strict: false, lanes: 1, interrupted: cause === 'interrupted' },
    },
  )
  return exitCodeOf(report)
}

describe('the table of causes', () => {
  test('has every cause, in the order of the program', () => {
    expect(rows.map(([id]) => id)).toEqual(liveCauses)
  })

  test.each(liveCauses)('says of %s what the program says', (cause) => {
    const [, title, next] = rows.find(([id]) => id === cause)!
    expect({ title, next }).toEqual(causes[cause])
  })

  test.each(liveCauses)('says with which code a run over %s ends', (cause) => {
    expect(rows.find(([id]) => id === cause)?.[3]).toBe(String(codeAfter(cause)))
  })
})
