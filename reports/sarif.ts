import type { CheckReport, GateFinding, Report, ReportWriter } from '../harness/model/report.ts'
import { attention, wordOf } from './summary.ts'
import { excuseText, isOfFiles, sorted, untold } from './findings.ts'
import { causesOf, isOfAccounts } from './live.ts'
import { fingerprints } from './sarif/fingerprint.ts'
import { artifactOf, locationOf, sourceRoot } from './sarif/place.ts'
import { levelOf, rulesOf } from './sarif/rules.ts'
import { told } from './sarif/text.ts'
import { visible } from './visible.ts'

const message = (...sentences: readonly string[]) => ({ text: sentences.map(told).join(' ') })

type Fingerprint = ReturnType<typeof fingerprints>

const resultOf = (finding: GateFinding, ruleIndex: number, fingerprint: Fingerprint) => ({
  ruleId: visible(finding.rule),
  ruleIndex,
  level: levelOf[finding.level],
  message: message(
    finding.message,
    ...(finding.answer === undefined ? [] : [`Google answers: ${finding.answer}.`]),
    ...(finding.level === 'MAY' ? [] : [finding.consequence]),
  ),
  locations: [locationOf(finding)],
  partialFingerprints: {
    'oauthImapFinding/v1': fingerprint(finding.configuration, finding.rule, finding.path, finding.message),
  },
  suppressions:
    finding.excuse === undefined
      ? []
      : [{ kind: 'external', status: 'accepted', justification: told(excuseText(finding)) }],
  properties: {
    configuration: visible(finding.configuration),
    ...(finding.replacement === undefined ? {} : { replacement: visible(finding.replacement) }),
  },
})

/** A check that failed in behaviour stands in no file; code scanning wants one, and the settings are what was asked. */
const settingsOf = ({ environment }: Report) => {
  const { settings } = environment
  return typeof settings === 'string' ? [{ physicalLocation: { artifactLocation: artifactOf(settings) } }] : []
}

const resultOfCheck = (report: Report, check: CheckReport, ruleIndex: number, fingerprint: Fingerprint) => ({
  ruleId: visible(check.id),
  ruleIndex,
  level: levelOf[check.level],
  message: message(untold(report, check)[0]?.reason ?? check.reason, check.consequence),
  locations: settingsOf(report),
  partialFingerprints: { 'oauthImapFinding/v1': fingerprint(report.subject.name, check.id) },
  suppressions: [],
  properties: { replay: visible(check.replay) },
})

/**
 * What a live run saw stands in no file and belongs to no commit; code scanning refuses a result without a place, and an
 * alert would stay with lines that have nothing to do with it. It is told of the run instead.
 */
const isLive = ({ live }: Report): boolean => live !== undefined

const ofCauses = (report: Report) =>
  causesOf(report).map(({ verdict, cause, accounts }) => ({
    level: verdict === 'fail' || verdict === 'error' ? 'error' : 'warning',
    message: message(
      `${isOfAccounts(report) ? `${accounts.length} of ${report.live!.accounts.length} accounts: ` : ''}${cause.title}${cause.said === '' ? '' : ` (${cause.said})`}.`,
      cause.next,
    ),
  }))

/** What kept the tool from an answer: files that cannot be read, checks that could not tell, faults of its own. */
function notifications(report: Report) {
  const unread = sorted(report).unread.map((finding) => ({
    level: 'error',
    message: message(finding.message),
    locations: [locationOf(finding)],
    associatedRule: { id: visible(finding.rule) },
  }))
  const open = attention(report)
    .filter(({ verdict }) => isLive(report) || verdict === 'inconclusive' || verdict === 'error')
    .map((check) => ({
      level: check.verdict === 'error' || check.verdict === 'fail' ? 'error' : 'warning',
      message: message(`${wordOf(check.verdict, [check])}: ${untold(report, check)[0]?.reason ?? check.reason}`),
      associatedRule: { id: visible(check.id) },
    }))
  return [...unread, ...ofCauses(report), ...open]
}

function results(report: Report) {
  const indexes = new Map(rulesOf(report).map(({ id }, index) => [id, index]))
  const at = (id: string): number => indexes.get(visible(id)) ?? -1
  const fingerprint = fingerprints()
  const { counting, excused, information } = sorted(report)
  return [
    ...[...counting, ...excused, ...information].map((finding) => resultOf(finding, at(finding.rule), fingerprint)),
    ...attention(report)
      .filter(({ verdict }) => !isLive(report) && (verdict === 'fail' || verdict === 'warn'))
      .map((check) => resultOfCheck(report, check, at(check.id), fingerprint)),
  ]
}

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text)

const log = (report: Report) => ({
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: visible(report.tool.name),
          version: visible(report.tool.version),
          rules: rulesOf(report),
        },
      },
      // Two of one commit are told apart by this.
      automationDetails: { id: `oauth-imap/${isOfFiles(report) ? 'check' : isLive(report) ? 'live' : 'run'}/` },
      invocations: [
        {
          executionSuccessful: report.verdict !== 'error' && !report.interrupted,
          ...(isInstant(report.startedAt) ? { startTimeUtc: report.startedAt } : {}),
          toolExecutionNotifications: notifications(report),
        },
      ],
      originalUriBaseIds: {
        [sourceRoot]: { description: { text: 'The folder in which the command was given.' } },
      },
      columnKind: 'utf16CodeUnits',
      results: results(report),
    },
  ],
})

/** SARIF 2.1.0, for code scanning and for editors. */
export const sarif: ReportWriter = {
  format: 'sarif',
  mediaType: 'application/sarif+json',
  fileName: 'report.sarif',
  write: (report) => `${JSON.stringify(log(report), null, 2)}\n`,
}
