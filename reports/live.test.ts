import { describe, expect, test } from 'vitest'
import { interruptedReason } from '../harness/model/live.ts'
import type { AccountRow, CheckReport, DriftRow, Report } from '../harness/model/report.ts'
import type { VerdictWord } from '../harness/model/verdict.ts'
import { attention, nextCommands } from './summary.ts'
import { github } from './github.ts'
import { html } from './html.ts'
import { junit } from './junit.ts'
import { accountsOf, causesOf, costText, driftOf } from './live.ts'
import { markdown } from './markdown.ts'
import { liveAccounts, liveDrift, livePassing } from './samples/live.ts'
import { sarif } from './sarif.ts'
import { verdictSentence } from './sentence.ts'
import { terminal } from './terminal.ts'

const told = (report: Report): string => terminal(report, { colour: false, unicode: true })
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ')

/** As many accounts as there are verdicts, those that did not pass with a cause. */
function fleet(verdicts: readonly VerdictWord[], verdict: VerdictWord): Report {
  const [row] = liveAccounts.live!.accounts
  const { cause } = liveAccounts.live!.accounts[1]!
  const accounts = verdicts.map((word, at): AccountRow => ({
    ...row!,
    key: at.toString(16).padStart(16, '0'),
    verdict: word,
    ...(word === 'pass' ? {} : { cause: { ...cause!, id: `cause-${word}` } }),
  }))
  return { ...liveAccounts, verdict, checks: [], live: { ...liveAccounts.live!, accounts } }
}

test('merged logs of which some are missing are told as that, and as no interruption', () => {
  const live = { ...liveAccounts.live!, missing: ['shard 2/3', 'three.jsonl was cut short'] }
  const report: Report = { ...liveAccounts, interrupted: true, live }
  const part = 'of what was merged is missing: shard 2/3; three.jsonl was cut short'
  expect(flat(told(report))).toContain(part)
  expect(flat(html.write(report))).toContain('Of what was merged is missing: shard 2/3; three.jsonl was cut short.')
  for (const text of [told(report), html.write(report), markdown.write(report)])
    expect(flat(text)).not.toContain('run was interrupted')
})

describe('the first sentence', () => {
  const opening = (report: Report): string => verdictSentence(report).split(': ')[0]!

  test.each<[string, Report, string]>([
    ['one account', livePassing, 'a…@gmail.com conforms'],
    ['one account and a drift', liveDrift, 'a…@gmail.com conforms, with warnings'],
    ['all in order', fleet(['pass', 'pass'], 'pass'), 'Each of 2 accounts conforms'],
    ['one bad', fleet(['pass', 'fail'], 'fail'), '1 of 2 accounts does not conform'],
    ['several bad', fleet(['fail', 'pass', 'fail'], 'fail'), '2 of 3 accounts do not conform'],
    [
      'several kinds',
      fleet(['fail', 'error', 'inconclusive'], 'fail'),
      '1 of 3 accounts does not conform, and of 2 more it could not be told',
    ],
    [
      'some open',
      fleet(['inconclusive', 'pass'], 'inconclusive'),
      'Of 1 of 2 accounts it could not be told whether it conforms',
    ],
    ['their servers bad', fleet(['pass', 'pass'], 'fail'), 'What 2 accounts share does not conform'],
    [
      'their servers open',
      fleet(['pass', 'pass'], 'inconclusive'),
      'It could not be told whether what 2 accounts share conforms',
    ],
  ])('of %s', (_, report, sentence) => {
    expect(opening(report)).toBe(sentence)
  })

  test('names causes and drift', () => {
    expect(verdictSentence(liveAccounts)).toContain('1 account: the stored grant has ended; 1 account: IMAP is')
    expect(verdictSentence(liveDrift)).toContain('2 facts are not as our fixtures say, so that 3 checks are stale')
    expect(verdictSentence(livePassing)).not.toContain('fixtures')
  })

  test('of a part of the checks is no full pass', () => {
    const part = { ...livePassing, selection: { ...livePassing.selection, complete: false } }
    expect(opening(part)).toMatch(/^No full pass of a…@gmail\.com, because only 3 of 3 checks were selected/)
  })
})

describe('accounts', () => {
  test('stand the worst first, in whatever order they came', () => {
    const report = fleet(['pass', 'inconclusive', 'fail', 'warn', 'error'], 'fail')
    expect(accountsOf(report).map(({ row }) => row.verdict)).toEqual(['fail', 'error', 'inconclusive', 'warn', 'pass'])
  })

  test('have a cause, or else the checks that they did not pass', () => {
    const [, ...bad] = liveAccounts.live!.accounts
    const bare = [liveAccounts.live!.accounts[0]!, ...bad.map(({ cause: _, ...row }) => row)]
    const report = { ...liveAccounts, live: { ...liveAccounts.live!, accounts: bare } }
    expect(accountsOf(report).map(({ why }) => why)).toEqual([
      ['example/live-refresh', 'drift/imap-capability'],
      ['drift/imap-capability'],
      [],
    ])
    expect(accountsOf(liveAccounts).map(({ why }) => why)).toEqual([['grant-dead'], ['imap-off'], []])
  })

  test('are twenty on a screen, and all of them in the page', () => {
    const verdicts = Array.from({ length: 200 }, (_, at): VerdictWord => (at < 30 ? 'fail' : 'pass'))
    const report = fleet(verdicts, 'fail')
    const keys = (text: string): number => new Set(text.match(/\b0{12}[0-9a-f]{4}\b/g)).size
    expect(keys(told(report))).toBe(20)
    expect(told(report)).toContain('and 180 more: 170 passed, 10 failed')
    expect(told(report).split('\n').length).toBeLessThan(70)
    expect(keys(html.write(report))).toBe(200)
    expect(keys(markdown.write(report))).toBe(200)
  })

  test('that share a cause have it told once, with how many they are', () => {
    const report = fleet(['fail', 'fail', 'pass'], 'fail')
    expect(causesOf(report).map(({ cause, accounts }) => [cause.id, accounts.length])).toEqual([['cause-fail', 2]])
    expect(told(report)).toContain('✗ cause-fail (2 accounts)')
    expect(github.write(report)).toContain('::error title=cause-fail (2 of 3 accounts)::')
  })

  test('are a case each of JUnit, named by mask and key; a single one is not named', () => {
    expect(junit.write(liveAccounts)).toContain('[b…@gmail.com 8b61c0ffee2d4a19]')
    expect(junit.write(liveAccounts)).toContain('Next: Sign in again.')
    expect(junit.write(livePassing)).not.toContain('[')
  })
})

describe('what a cause tells', () => {
  test('is not told again by every check that it left open', () => {
    expect(attention(liveAccounts).map(({ id }) => id)).toEqual(['example/live-refresh'])
    const [alice, bob, { cause: _, ...carol }] = liveAccounts.live!.accounts as [AccountRow, AccountRow, AccountRow]
    const bare = { ...liveAccounts, live: { ...liveAccounts.live!, accounts: [alice, bob, carol] } }
    expect(attention(bare).map(({ id }) => id)).toEqual(['example/live-refresh', 'drift/imap-capability'])
  })

  test('is not told of those either that are counted as further ones', () => {
    const [first, ...checks] = liveAccounts.checks.toReversed()
    const further = { ...first!.variants.at(-1)!, reason: 'so it is with 90 further accounts' }
    const { account: _, ...unnamed } = further
    const report = (told: Report, variants = [...first!.variants, unnamed]): Report => ({
      ...told,
      checks: [...checks, { ...first!, variants }],
    })
    expect(attention(report(liveAccounts)).map(({ id }) => id)).toEqual(['example/live-refresh'])
    const [alice, bob, { cause: __, ...carol }] = liveAccounts.live!.accounts as [AccountRow, AccountRow, AccountRow]
    const bare = { ...liveAccounts, live: { ...liveAccounts.live!, accounts: [alice, bob, carol] } }
    expect(told(report(bare))).toContain('further accounts: could not tell')
    expect(junit.write(report(liveAccounts))).toContain('what the mock offers [further accounts]')
  })

  test('is not told again by a control that only an account could pass', () => {
    const [first] = liveAccounts.checks
    const [, dead] = liveAccounts.live!.accounts
    const control = { title: 'a login', passed: false }
    const servers = { ...first!.variants[0]!, verdict: 'inconclusive' as const, control }
    const report = (accounts: readonly AccountRow[]): Report => ({
      ...{ ...liveAccounts, checks: [{ ...first!, verdict: 'inconclusive', variants: [servers] }] },
      live: { ...liveAccounts.live!, accounts },
    })
    expect(attention(report([dead!]))).toEqual([])
    expect(attention(report(liveAccounts.live!.accounts)).map(({ id }) => id)).toEqual([first!.id])
  })

  test('is its own next step: no command explains a check that it left open', () => {
    expect(nextCommands(liveAccounts)).toEqual(['npx oauth-imap explain example/live-refresh'])
    const [, dead] = liveAccounts.live!.accounts
    const [check] = liveAccounts.checks
    const open = {
      ...check!,
      variants: [{ ...check!.variants[0]!, verdict: 'inconclusive' as const, account: dead!.key }],
    }
    const report = { ...liveAccounts, checks: [open], live: { ...liveAccounts.live!, accounts: [dead!] } }
    expect(nextCommands(report)).toEqual([])
    expect(nextCommands(livePassing)).toHaveLength(3)
  })

  test('is an interruption for what was cut off by it, and nothing more', () => {
    const [check] = livePassing.checks
    const because = (reason: string) => ({ ...check!.variants[0]!, verdict: 'inconclusive' as const, reason })
    const report = (variants: CheckReport['variants'], interrupted = true): Report => ({
      ...{ ...livePassing, interrupted, checks: [{ ...check!, verdict: 'inconclusive', variants }] },
    })
    expect(attention(report([because(interruptedReason)]))).toEqual([])
    expect(attention(report([]))).toEqual([])
    expect(attention(report([], false))).toHaveLength(1)
    expect(attention(report([because('the answer was none')]))).toHaveLength(1)
    const control = { title: 'a login', passed: false }
    const cutOff = { ...because('the control did not pass'), scenario: 'live-servers', control }
    const { account: _, ...servers } = cutOff
    expect(attention(report([servers]))).toEqual([])
    expect(attention(report([servers], false))).toHaveLength(1)
  })

  test('stands on the screen with what was said and what to do next', () => {
    const text = flat(told(liveAccounts))
    expect(text).toContain('was said invalid_grant: Token has been expired or revoked.')
    expect(text).toContain('next In a Workspace domain an administrator switches it on')
  })
})

describe('drift', () => {
  test('shows both sides in every format for people', () => {
    expect(flat(told(liveDrift))).toContain('imap-capability, before-login: XLIST expected yes saw (not there)')
    expect(html.write(liveDrift)).toMatch(
      /before-login: AUTH=OAUTH10A[^]*?expected<\/span> <code>\(not there\)[^]*?saw<\/span>\s*<code>yes/,
    )
    expect(markdown.write(liveDrift)).toContain('XLIST | <code>yes</code> | <code>(not there)</code> | new |')
  })

  test('that is known has its day, and what was not looked at is one line', () => {
    expect(driftOf(livePassing)).toMatchObject({ unknown: [], known: [{ fact: 'APPENDLIMIT' }] })
    expect(told(livePassing)).toContain(
      '\n– known since 2026-08-07: imap-capability APPENDLIMIT\n– not looked at: xoauth2-error/no-mail-scope\n',
    )
    expect(html.write(livePassing)).toContain('known since 2026-08-07: raised by Gmail')
  })

  test('is no alarm where nothing new is there, and one fact is told once of several looks', () => {
    const { drift } = livePassing.live!
    const [known, unseen] = drift as [DriftRow, DriftRow]
    const report = (rows: readonly DriftRow[]): Report => ({
      ...livePassing,
      live: { ...livePassing.live!, drift: rows },
    })
    const twice = [known, { ...known, look: 'before-login' }, { ...known, fact: 'XLIST', since: '2026-01-02' }]
    for (const text of [told(report(twice)), html.write(report(twice)), markdown.write(report(twice))])
      expect(text).toContain('Drift: nothing but what is known')
    expect(told(report(twice))).toContain(`known
– known since 2026-01-02: imap-capability XLIST
– known since 2026-08-07: imap-capability APPENDLIMIT

`)
    expect(told(report([unseen]))).toContain('Drift: what was not looked at\n–')
    expect(told(report([{ ...known, state: 'unknown' }, known]))).toContain('Drift: what is not as our fixtures say')
    expect(told(report([]))).not.toContain('Drift:')
  })

  test('says what rests on what changed, and is a warning to GitHub', () => {
    const stale = 'rests on what changed: sasl/xoauth2-bytes, sasl/oauthbearer-bytes, imap/peek'
    expect(flat(told(liveDrift))).toContain(stale)
    expect(flat(html.write(liveDrift)).toLowerCase()).toContain(stale)
    expect(github.write(liveDrift)).toMatch(
      /^::warning title=drift\/imap-capability::.*saw yes%0ARests on what changed/,
    )
  })
})

interface SarifRun {
  readonly results: readonly unknown[]
  readonly automationDetails: unknown
  readonly invocations: readonly [
    { readonly toolExecutionNotifications: readonly { readonly level: string; readonly message: { text: string } }[] },
  ]
}

test('what stands in no file is no result of SARIF, and is told of the run', () => {
  const { runs } = JSON.parse(sarif.write(liveAccounts)) as { runs: [SarifRun] }
  const [{ results, automationDetails, invocations }] = runs
  expect(results).toEqual([])
  expect(automationDetails).toEqual({ id: 'oauth-imap/live/' })
  const [{ toolExecutionNotifications: told }] = invocations
  expect(told.map(({ level, message: { text } }) => [level, text.slice(0, 40)])).toEqual([
    ['error', '1 of 3 accounts: the stored grant has en'],
    ['warning', '1 of 3 accounts: IMAP is switched off fo'],
    ['error', 'failed: expected a new access token, got'],
  ])
})

test('what it cost is told in figures that a person can read', () => {
  expect(costText(livePassing.live!)).toBe('41,320 octets received, 9,871 sent, 12 connections, at most 3 at a time')
  const spent = { received: 1_234_567, sent: 1, connections: 1, mostAtOnce: 1 }
  expect(costText(liveAccounts.live!)).toMatch(/ connections, at most \d+ at a time for one account$/)
  expect(costText({ ...livePassing.live!, spent })).toBe('1,234,567 octets received, 1 sent, 1 connection')
  for (const text of [told(livePassing), html.write(livePassing), markdown.write(livePassing)])
    expect(text).toContain('41,320 octets received')
})
