import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import Draft04 from 'ajv-draft-04'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import type { Report } from '../harness/model/report.ts'
import { samples } from './samples/all.fixture.ts'
import { failing } from './samples/failing.ts'
import { gate, soundGate } from './samples/gate.ts'
import { hostileGate } from './samples/hostile.ts'
import { sarif } from './sarif.ts'

const ajv = new Draft04.default({ strict: false, allErrors: true, unicodeRegExp: false })
formats.default(ajv)
const valid = ajv.compile(schema)

interface Region {
  readonly startLine: number
  readonly startColumn: number
}
interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string }
    readonly region?: Region
  }
}
interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly Location[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly suppressions: readonly { readonly kind: string; readonly justification: string }[]
}
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri?: string }[] } }
  readonly automationDetails: { readonly id: string }
  readonly invocations: readonly [
    {
      readonly executionSuccessful: boolean
      readonly toolExecutionNotifications: readonly {
        readonly level: string
        readonly message: { readonly text: string }
        readonly locations?: readonly Location[]
      }[]
    },
  ]
  readonly results: readonly Result[]
}

const runOf = (report: Report): Run => (JSON.parse(sarif.write(report)) as { readonly runs: readonly [Run] }).runs[0]
const placed = ({ locations: [location] }: Result): string => {
  const { artifactLocation, region } = location!.physicalLocation
  return `${artifactLocation.uri}:${region?.startLine}:${region?.startColumn}`
}

describe.each(Object.entries(samples))('%s', (_, report) => {
  test('is SARIF 2.1.0 by the official schema', () => {
    valid(JSON.parse(sarif.write(report)))
    expect(valid.errors ?? []).toEqual([])
  })

  test('every result names a rule that is described', () => {
    const { tool, results } = runOf(report)
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  })

  test('no fingerprint stands twice', () => {
    const all = runOf(report).results.map(({ partialFingerprints }) => partialFingerprints['oauthImapFinding/v1'])
    expect(new Set(all).size).toBe(all.length)
  })
})

test('the schema would refuse what is wrong', () => {
  const log = JSON.parse(sarif.write(gate)) as { runs: { results: { level: string }[] }[] }
  log.runs[0]!.results[0]!.level = 'fatal'
  expect(valid(log)).toBe(false)
})

test('findings stand at their places, excused ones with the reason, information as a note', () => {
  const { results } = runOf(gate)
  expect(
    results.map((result) => `${result.level} ${placed(result)} ${result.suppressions[0]?.justification ?? ''}`),
  ).toEqual([
    'error apps/mail%20sync/client_secret.json:9:23 ',
    'error apps/mail%20sync/settings.yaml:2:9 ',
    'warning apps/mail%20sync/.gitignore:3:1 ',
    'warning apps/archive/.gitignore:1:1 waived until 2026-12-31: the folder is an archive, nothing new is committed',
    'error apps/archive/settings.yaml:2:9 in the baseline: it was there when the gate was set up',
    'note apps/mail%20sync/client_secret.json:5:5 ',
  ])
  for (const { locations } of results)
    expect(locations[0]!.physicalLocation.artifactLocation.uriBaseId).toBe('%SRCROOT%')
  expect(results[0]!.message.text).toContain('Google answers: Error 400: redirect_uri_mismatch.')
})

test('what could not be read or told is a notification, never a result', () => {
  const [{ executionSuccessful, toolExecutionNotifications: told }] = runOf(gate).invocations
  expect(executionSuccessful).toBe(true)
  expect(told.map(({ level, message }) => `${level}: ${message.text}`)).toEqual([
    'error: expected a comma or a closing brace',
    'warning: could not tell: no setting is mapped to retry',
  ])
  expect(told[0]!.locations?.[0]?.physicalLocation.artifactLocation.uri).toBe('apps/notify/client_secret.json')
  expect(runOf({ ...gate, verdict: 'error' }).invocations[0].executionSuccessful).toBe(false)
})

test('checks that failed in behaviour are results at the settings, or without a place', () => {
  const behaviour = (report: Report) =>
    runOf(report).results.filter(({ ruleId }) => failing.checks.some(({ id }) => id === ruleId))
  expect(behaviour(failing).map(({ ruleId, level, locations }) => [ruleId, level, locations.length])).toEqual([
    ['cb/state-forged', 'error', 0],
    ['store/file-mode', 'error', 0],
    ['store/encrypted', 'warning', 0],
  ])
  const environment = { ...failing.environment, settings: 'mail app/oauth-imap.config.json' }
  const [first] = behaviour({ ...failing, environment })
  expect(first!.locations[0]!.physicalLocation.artifactLocation.uri).toBe('mail%20app/oauth-imap.config.json')
})

test('a finding is known again when lines above it come and go, and only then', () => {
  const keys = (report: Report) => runOf(report).results.map(({ partialFingerprints }) => partialFingerprints)
  const shifted = gate.findings.map((finding) => ({ ...finding, line: finding.line + 40, column: 1 }))
  expect(keys({ ...gate, findings: shifted })).toEqual(keys(gate))
  const renamed = gate.findings.map((finding) => ({ ...finding, path: `x/${finding.path}` }))
  for (const [at, key] of keys({ ...gate, findings: renamed }).entries()) expect(key).not.toEqual(keys(gate)[at])
})

test('paths become URIs by every rule', () => {
  const uriOf = (path: string) => {
    const [result] = runOf({ ...gate, findings: [{ ...gate.findings[0]!, path }] }).results
    return result!.locations[0]!.physicalLocation.artifactLocation
  }
  expect(uriOf('a b/ü%#?.json').uri).toBe('a%20b/%C3%BC%25%23%3F.json')
  expect(uriOf('c:evil').uri).toBe('c%3Aevil')
  expect(uriOf('../shared/.env')).toEqual({ uri: '../shared/.env', uriBaseId: '%SRCROOT%' })
  expect(uriOf('/srv/app/.env')).toEqual({ uri: 'file:///srv/app/.env' })
})

test('rules that stand on no web page have no address, and nothing of a message is a link', () => {
  const rules = runOf(gate).tool.driver.rules
  expect(rules.find(({ id }) => id === 'cred/files-ignored')).not.toHaveProperty('helpUri')
  expect(rules.find(({ id }) => id === 'consent/scope-mail')?.helpUri).toMatch(/^https:\/\/developers\.google\.com\//)
  const texts: string[] = []
  JSON.parse(sarif.write(hostileGate), (key, value: unknown) => {
    if (key === 'text' || key === 'justification') texts.push(String(value))
    return value
  })
  expect(texts.length).toBeGreaterThan(10)
  for (const text of texts) expect(text).not.toMatch(/[^\\]\]\(|(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
})

test('the two commands are told apart, and a good day has no result', () => {
  expect(runOf(failing).automationDetails.id).toBe('oauth-imap/run/')
  expect(runOf(soundGate).automationDetails.id).toBe('oauth-imap/check/')
  expect(runOf(soundGate).results).toEqual([])
})
