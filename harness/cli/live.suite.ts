import { beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../model/report.ts'
import { verifyLive } from '../verify-live.ts'
import { liveCatalogue } from './catalogue.ts'
import { livePorts } from './live/ports.ts'
import { liveInvocation } from './live/settings.ts'

/**
 * `npm run test:live`: the live profile as Vitest sees it, one test for each check. It never asks in a browser: the grant
 * is one that `oauth-imap live` stored, or that a variable holds. Without credentials its one test says what is missing.
 */

const needed = ['OAUTH_IMAP_CLIENT', 'OAUTH_IMAP_ACCOUNT'] as const
const missing = needed.filter((name) => (process.env[name] ?? '') === '')
const lacks = missing.length > 0
const silent = { print: () => {}, complain: () => {}, colour: false, unicode: true }

describe.skipIf(lacks)('a real account', () => {
  let report: Report
  beforeAll(async () => {
    const { OAUTH_IMAP_CLIENT: client, OAUTH_IMAP_ACCOUNT: account, OAUTH_IMAP_VAULT: vault } = process.env
    const grant = (process.env['OAUTH_IMAP_GRANT'] ?? '') === '' ? undefined : 'env:OAUTH_IMAP_GRANT'
    const options = { client, account, unattended: true, ...(grant === undefined ? { vault } : { grant }) }
    const { settings } = await liveInvocation(options, process.env, silent)
    report = (await verifyLive(settings, liveCatalogue, livePorts(new AbortController().signal))).report
  }, 120_000)

  test(`is verified${lacks ? ` (skipped: set ${missing.join(' and ')}; see docs/live.md)` : ''}`, () => {
    expect({ verdict: report.verdict, cause: report.live?.accounts[0]?.cause }).toMatchObject({
      verdict: expect.stringMatching(/^(?:pass|warn)$/),
    })
  })

  const checks = lacks ? [] : liveCatalogue.checks.map(({ id, title }) => ({ id, title }))
  test.for(checks)('$id: $title', ({ id }, { skip }) => {
    const { verdict, reason } = report.checks.find((check) => check.id === id)!
    if (verdict === 'inapplicable') skip(reason)
    expect({ verdict, reason }).toMatchObject({ verdict: expect.stringMatching(/^(?:pass|warn)$/) })
  })
})
