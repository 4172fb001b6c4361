import { type Check, check, whole } from '../../harness/model/check.ts'
import { ownRule } from '../../harness/model/clause.ts'
import type { DriftArea } from '../../harness/model/drift.ts'
import { type Finding, noted, satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { type Journal, type Observation, all, positionOf } from '../../harness/model/observation.ts'

/** Step 12, the alarm: what a live run saw of Google and Gmail beside what our fixtures, and so our mocks, say of them. */

type Compared = Observation<'drift.compared'>

/** Facts that one sentence tells; the report’s table has them all. */
const most = 3

const inOne = (rows: readonly Compared[], told: (row: Compared) => string): string =>
  rows.slice(0, most).map(told).join('; ') + (rows.length > most ? `; and ${rows.length - most} more` : '')

/** Characters of one value: whoever says more is not quoted whole. */
const longest = 300

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)
const named = ({ fields: { look, fact } }: Compared): string => `${look}: ${cut(fact)}`
const side = (value: string | null): string => (value === null ? 'not there' : cut(value))

function judged(rows: readonly Compared[]): Finding {
  const unknown = rows.filter(({ fields }) => fields.state === 'unknown')
  const known = rows.filter(({ fields }) => fields.state === 'known')
  if (unknown.length > 0)
    return violated(
      {
        expected: inOne(unknown, (row) => `${named(row)} ${side(row.fields.expected)}`),
        actual: inOne(unknown, ({ fields }) => side(fields.observed)),
      },
      ...unknown.map(positionOf),
    )
  const looked = rows.filter(({ fields }) => fields.state !== 'not-observed')
  if (looked.length === 0)
    return undecided(`this run saw nothing of ${inOne(rows, ({ fields }) => fields.look)}`, ...rows.map(positionOf))
  return known.length > 0
    ? noted(
        `Known to differ: ${inOne(known, (row) => `${named(row)} ${side(row.fields.observed)} since ${row.fields.since}`)}.`,
        ...known.map(positionOf),
      )
    : satisfied(...looked.map(positionOf))
}

const unlessCompared = (journal: Journal): string | undefined =>
  all(journal, 'drift.compared').length === 0
    ? 'what our fixtures say is about Google, and this is another service'
    : undefined

/** Why nobody got into an account is told elsewhere, and must not hide what the servers showed. */
const unlessSeenWith = (area: DriftArea, journal: Journal): string | undefined =>
  journal.scenario === 'live-servers' || rowsOf(area, journal).some(({ fields }) => fields.state !== 'not-observed')
    ? undefined
    : 'nothing of it was seen with this account'

const rowsOf = (area: DriftArea, journal: Journal): readonly Compared[] =>
  all(journal, 'drift.compared').filter(({ fields }) => fields.area === area)

interface DriftStatement extends Pick<Check, 'title' | 'consequence' | 'undermines' | 'counterexamples' | 'scenarios'> {
  /** What our fixtures were taken from. */
  readonly from: string
  /** What is looked at, for people. */
  readonly looks: string
}

const driftCheck = (area: DriftArea, { from, looks, ...statement }: DriftStatement): Check =>
  check({
    id: `drift/${area}`,
    step: 12,
    level: 'SHOULD',
    requiredBy: 'suite',
    clause: ownRule(`a mock proves as much as it is like the original, here ${from}`),
    needs: [],
    instruments: [],
    time: 'none',
    inapplicable: (journal) => unlessCompared(journal) ?? unlessSeenWith(area, journal),
    observes: whole(['drift.compared'], looks, (journal) => {
      const rows = rowsOf(area, journal)
      return rows.length === 0 ? undefined : rows
    }),
    fix: 'Look at both sides: change fixtures and mock, or date it in fixtures/google/known-differences.json. Not a fault of your app.',
    ...statement,
    judge: judged,
  })

export const asMetadata = driftCheck('as-metadata', {
  title: 'Google’s metadata and keys are what the mock shows',
  from: 'Google’s discovery document',
  looks: 'metadata and keys beside the fixtures',
  scenarios: ['live-servers'],
  undermines: ['disco/issuer-exact', 'cfg/endpoints-google', 'authz/pkce-s256', 'mock/as-rules'],
  counterexamples: ['google-announces-what-nobody-knew'],
  consequence: 'An app that passes against the mock may meet another Google at its sign-in.',
})

export const tokenErrors = driftCheck('token-errors', {
  title: 'Google’s token endpoint refuses in the words of the mock',
  from: 'RFC 6749 §5.2 as Google’s token endpoint answers it',
  looks: 'refusals of made-up codes, clients and tokens beside the fixtures',
  scenarios: ['live-servers'],
  undermines: ['refresh/dead-grant-stops', 'refresh/token-limit', 'cfg/plays', 'mock/as-rules'],
  counterexamples: ['google-renames-its-refusal'],
  consequence: 'An app that knows a dead grant by the mock’s answer may take Google’s for something else.',
})

export const imapCapability = driftCheck('imap-capability', {
  title: 'Gmail offers before and after login what the mock offers',
  from: 'Google’s page on IMAP extensions and captures of Gmail',
  looks: 'capabilities, ID and special-use folders beside the fixtures',
  scenarios: ['live-servers', 'live-account'],
  undermines: ['sasl/xoauth2-bytes', 'sasl/oauthbearer-bytes', 'imap/peek', 'mock/rs-rules'],
  counterexamples: ['gmail-offers-another-extension'],
  consequence: 'An app may use or miss an extension otherwise than it was seen to do with the mock.',
})

export const xoauth2Error = driftCheck('xoauth2-error', {
  title: 'Gmail refuses a bad token in the words of the mock',
  from: 'Google’s page on the XOAUTH2 protocol and captures of Gmail',
  looks: 'error challenges and tagged answers beside the fixtures',
  scenarios: ['live-servers'],
  undermines: ['sasl/error-xoauth2', 'api/imap-off-surfaced', 'refresh/lead', 'refresh/dead-grant-stops'],
  counterexamples: ['gmail-challenges-as-documented'],
  consequence: 'An app that knows a bad token by the mock’s refusal may take Gmail’s for something else.',
})

export const imapTls = driftCheck('imap-tls', {
  title: 'Google and Gmail agree to the versions of TLS that the mock agrees to',
  from: 'RFC 9325 §3.1.1',
  looks: 'versions of TLS beside the fixtures',
  scenarios: ['live-servers'],
  undermines: ['tls/implicit-993', 'tls/no-insecure-switch'],
  counterexamples: ['gmail-refuses-new-tls'],
  consequence: 'What was seen of an app’s TLS with the mock may not hold with Gmail.',
})
