import type { AccountRow, CheckReport, DriftRow, Report, VariantReport } from '../../harness/model/report.ts'
import type { VerdictWord } from '../../harness/model/verdict.ts'
import { assemble, checkReport } from './assemble.ts'
import { hostileText } from './hostile.ts'

const keys = ['3f2a9c01d4e5b677', '8b61c0ffee2d4a19', 'c7d04e12ab98f35e'] as const

const at = (key: string | undefined, verdict: VerdictWord, reason: string, excerpt: string): VariantReport => ({
  scenario: key === undefined ? 'live-servers' : 'live-account',
  ...(key === undefined ? {} : { account: key }),
  door: 'tls',
  verdict,
  reason,
  evidence: excerpt === '' ? [] : [{ at: 'live#7', excerpt }],
})

type Told = Omit<Parameters<typeof checkReport>[0], 'reason' | 'variants' | 'replay'>

const judged = (told: Told, variants: readonly VariantReport[]): CheckReport =>
  checkReport({
    ...told,
    reason: variants.find(({ verdict }) => verdict === told.verdict)?.reason ?? '',
    variants,
    replay: `npx oauth-imap live --client FILE --account ADDRESS --only ${told.id}`,
  })

const reachable: Told = {
  id: 'api/imap-reachable',
  title: 'imap.gmail.com:993 answers with a greeting inside TLS',
  step: 3,
  level: 'MUST',
  requiredBy: 'Google',
  clause: {
    text: 'IMAP, POP and SMTP, “Session length limits”',
    url: 'https://developers.google.com/workspace/gmail/imap/imap-smtp',
  },
  verdict: 'pass',
  consequence: 'No app on this network reaches the mailbox.',
  fix: 'Open port 993 to imap.gmail.com.',
}
const refreshed: Told = {
  id: 'example/live-refresh',
  title: 'The stored grant gives a new access token',
  step: 9,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: { text: 'RFC 6749 §6', url: 'https://www.rfc-editor.org/rfc/rfc6749#section-6' },
  verdict: 'pass',
  consequence: 'The app works for an hour and no longer.',
  fix: 'Sign in again, and look why the grant ended.',
}
const capability: Told = {
  id: 'drift/imap-capability',
  title: 'Gmail offers before and after login what the mock offers',
  step: 12,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: { text: 'captures of Gmail', url: 'https://developers.google.com/workspace/gmail/imap/imap-extensions' },
  verdict: 'pass',
  consequence: 'An app may use or miss an extension otherwise than it was seen to do with the mock.',
  fix: 'Look at both sides: change fixtures and mock, or date it among the known differences.',
}

const greeting = at(undefined, 'pass', 'seen: a greeting inside TLS', 'live.greeting OK Gimap ready for requests')
const same = (key?: string): VariantReport => at(key, 'pass', 'seen: capabilities beside the fixtures', '')
const fresh = (key: string): VariantReport =>
  at(key, 'pass', 'seen: a refresh', 'live.tokens by=refresh_token status=200 expiresIn=3599 scope=openid,email,mail')

const row = (key: string, address: string, verdict: VerdictWord, cause?: AccountRow['cause']): AccountRow => ({
  ...{ key, address, verdict },
  ...(cause === undefined ? {} : { cause }),
  startedAt: '2026-11-23T05:17:02.000Z',
  durationMs: 1900,
})

interface Seen {
  readonly checks: readonly CheckReport[]
  readonly accounts: readonly AccountRow[]
  readonly drift?: readonly DriftRow[]
}

function live({ checks, accounts, drift = [] }: Seen): Report {
  const report = assemble(
    {
      catalogue: { version: 7, checks: checks.length },
      subject: {
        name: accounts.length === 1 ? accounts[0]!.address : `${accounts.length} accounts`,
        kind: 'live',
        version: '',
      },
      environment: {
        runtime: 'node 24.21.0',
        strict: false,
        instruments: ['file-modes'],
        issuer: 'https://accounts.google.com',
        imap: 'imap.gmail.com:993',
        lanes: 8,
      },
      startedAt: '2026-11-23T05:17:00.000Z',
      durationMs: 4130,
      selection: { only: [], steps: [], checks: checks.length, complete: true },
      interrupted: false,
      checks,
      live: {
        issuer: 'https://accounts.google.com',
        imap: 'imap.gmail.com:993',
        accounts,
        spent: { received: 41_320, sent: 9871, connections: 6 + 6 * accounts.length, mostAtOnce: 3 },
        drift,
      },
    },
    'live',
  )
  const explained = (id: string | undefined, number: number): string =>
    id === undefined ? `npx oauth-imap steps ${number}` : `npx oauth-imap explain ${id}`
  const bad = (step: number): string | undefined =>
    checks.find((check) => check.step === step && check.verdict !== 'pass')?.id
  return { ...report, steps: report.steps.map((step) => ({ ...step, next: explained(bad(step.number), step.number) })) }
}

const [alice, bob, carol] = keys

/** One account, all in order; one difference is known, and one look was not made. */
export const livePassing: Report = live({
  checks: [judged(reachable, [greeting]), judged(refreshed, [fresh(alice)]), judged(capability, [same(), same(alice)])],
  accounts: [row(alice, 'a…@gmail.com', 'pass')],
  drift: [
    {
      ...{ area: 'imap-capability', look: 'after-login', fact: 'APPENDLIMIT', state: 'known' },
      ...{ expected: '35651584', observed: '73400320', since: '2026-08-07', note: 'raised by Gmail, no client minds' },
    },
    {
      ...{ area: 'xoauth2-error', look: 'no-mail-scope', fact: '', state: 'not-observed' },
      ...{ expected: null, observed: null, since: null, note: null },
    },
  ],
})

const ended = 'the stored grant has ended'
const off = 'IMAP is switched off for this account'

/** Three accounts: one is in order, of one nothing could be told, one does not conform. */
export const liveAccounts: Report = live({
  checks: [
    judged(reachable, [greeting]),
    judged({ ...refreshed, verdict: 'fail' }, [
      fresh(alice),
      at(bob, 'fail', 'expected a new access token, got invalid_grant', 'live.tokens status=400 error=invalid_grant'),
      fresh(carol),
    ]),
    judged({ ...capability, verdict: 'inconclusive' }, [
      same(),
      same(alice),
      at(bob, 'inconclusive', 'nobody was logged in', ''),
      at(carol, 'inconclusive', 'nobody was logged in', ''),
    ]),
  ],
  accounts: [
    row(alice, 'a…@gmail.com', 'pass'),
    row(bob, 'b…@gmail.com', 'fail', {
      id: 'grant-dead',
      title: ended,
      next: 'Sign in again. After seven days the project is in status Testing: publish it.',
      said: 'invalid_grant: Token has been expired or revoked.',
    }),
    row(carol, 'c…@e….com', 'inconclusive', {
      id: 'imap-off',
      title: off,
      next: 'In a Workspace domain an administrator switches it on: Apps, Google Workspace, Gmail, End User Access.',
      said: '[ALERT] IMAP access is disabled for your domain.',
    }),
  ],
})

/** One account in order, and a Gmail that is no longer as our fixtures say. */
export const liveDrift: Report = live({
  checks: [
    judged(reachable, [greeting]),
    judged(refreshed, [fresh(alice)]),
    {
      ...judged({ ...capability, verdict: 'warn' }, [
        at(undefined, 'warn', 'expected before-login: XLIST yes, got not there', 'drift.compared unknown XLIST'),
        same(alice),
      ]),
      stale: ['sasl/xoauth2-bytes', 'sasl/oauthbearer-bytes', 'imap/peek'],
    },
  ],
  accounts: [row(alice, 'a…@gmail.com', 'pass')],
  drift: [
    {
      ...{ area: 'imap-capability', look: 'before-login', fact: 'XLIST', state: 'unknown' },
      ...{ expected: 'yes', observed: null, since: null, note: null },
    },
    {
      ...{ area: 'imap-capability', look: 'before-login', fact: 'AUTH=OAUTH10A', state: 'unknown' },
      ...{ expected: null, observed: 'yes', since: null, note: null },
    },
  ],
})

/** Every text of a live run as an attacker would fill it. */
export const hostileLive: Report = {
  ...liveAccounts,
  subject: { name: hostileText, kind: 'live', version: '' },
  checks: liveAccounts.checks.map((check) => ({
    ...check,
    stale: [hostileText],
    variants: check.variants.map((one) => ({ ...one, account: hostileText, reason: hostileText })),
  })),
  live: {
    ...liveAccounts.live!,
    issuer: hostileText,
    imap: hostileText,
    accounts: [1, 2].map((at) => ({
      ...row(`${hostileText}${at}`, hostileText, 'fail'),
      ...(at === 1 ? {} : { cause: { id: hostileText, title: hostileText, next: hostileText, said: hostileText } }),
    })),
    drift: (['unknown', 'known', 'not-observed'] as const).map((state) => ({
      ...{ area: 'imap-tls', look: hostileText, fact: hostileText, state },
      ...{ expected: hostileText, observed: hostileText, since: hostileText, note: hostileText },
    })),
  },
}
