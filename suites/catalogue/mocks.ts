import { check, whole } from '../../harness/model/check.ts'
import { rfc } from '../../harness/model/clause.ts'
import { satisfied, violated } from '../../harness/model/finding.ts'
import {
  type Observed,
  type RsRule,
  all,
  asRules as rules,
  positionOf,
  rsRules as imapRules,
} from '../../harness/model/observation.ts'

/** Step 12, the ground under the other checks: a mock that says yes to what Google refuses proves nothing. */

export const asRules = check({
  id: 'mock/as-rules',
  title: 'The mock of Google refuses what an authorization server must refuse',
  step: 12,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(9700, '2.1.1'),
  quote:
    'If a client sends a valid PKCE code_challenge parameter in the authorization request, the authorization server MUST enforce the correct usage of code_verifier at the token endpoint.',
  needs: [],
  instruments: [],
  time: 'none',
  scenarios: ['as-rules'],
  observes: whole(['as.probe'], 'stories that keep and break each rule of RFC 6749, 8252 and 9700', (journal) => {
    const probes = all(journal, 'as.probe')
    return rules.every((rule) => probes.filter(({ fields }) => fields.rule === rule).length === 2) ? probes : undefined
  }),
  counterexamples: [
    'mock-redirects-to-a-near-match',
    'mock-ignores-the-challenge',
    'mock-takes-a-code-twice',
    'mock-lets-tokens-be-stored',
  ],
  consequence: 'What this run says about sign-in and exchange rests on a server that is laxer than Google.',
  fix: 'This is a fault of the harness, not of your app: report it with the seed of this run.',
  judge(probes) {
    const wrong = probes.find(({ fields: { story, answer } }) => (story === 'keeps') !== (answer === 'granted'))
    if (wrong !== undefined) {
      const { rule, story, answer } = wrong.fields
      return violated(
        { expected: `${rule} kept by the mock`, actual: `a story that ${story} it was ${answer}` },
        positionOf(wrong),
      )
    }
    const stored = probes.find(
      ({ fields }) => fields.answer === 'granted' && !fields.cacheControl?.includes('no-store'),
    )
    return stored === undefined
      ? satisfied(...probes.map(positionOf))
      : violated(
          { expected: 'tokens sent with no-store (RFC 6749 §5.1)', actual: String(stored.fields.cacheControl) },
          positionOf(stored),
        )
  },
})

type Told = Observed['rs.probe']
type Predicate = (told: Told) => boolean

const ended =
  (condition: Told['tagged']): Predicate =>
  ({ tagged }) =>
    tagged === condition
const tellsExpunge: Predicate = ({ untagged }) => untagged.some((line) => /^\d+ EXPUNGE$/.test(line))
const uidsAscend: Predicate = ({ untagged }) => {
  const uids = untagged.flatMap((line) => /^\d+ FETCH \(.*?\bUID (\d+)/.exec(line)?.[1] ?? []).map(Number)
  return uids.length > 2 && uids.every((uid, index) => index === 0 || uid > uids[index - 1]!)
}
const holdsExpunge = { control: tellsExpunge, rule: (told: Told) => told.tagged === 'OK' && !tellsExpunge(told) }

/** What must have been answered for each rule to be kept, and to have been at stake. */
const kept: Readonly<Record<RsRule, Readonly<Record<Told['story'], Predicate>>>> = {
  'initial-response-optional': { control: ended('OK'), rule: ended('OK') },
  'base64-strict': { control: ended('OK'), rule: ended('BAD') },
  'uids-ascending': { control: uidsAscend, rule: uidsAscend },
  'no-expunge-during-fetch': holdsExpunge,
  'no-expunge-during-store': holdsExpunge,
  'no-expunge-during-search': holdsExpunge,
  'starttls-refused-inside-tls': { control: ended('OK'), rule: ended('BAD') },
}

export const rsRules = check({
  id: 'mock/rs-rules',
  title: 'The mock of Gmail keeps the rules that bind an IMAP server',
  step: 12,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(3501, '7.4.1'),
  quote:
    'An EXPUNGE response MUST NOT be sent when no command is in progress, nor while responding to a FETCH, STORE, or SEARCH command.',
  needs: [],
  instruments: [],
  time: 'none',
  scenarios: ['rs-rules'],
  observes: whole(['rs.probe'], 'stories about each rule of RFC 3501, 4959 and 9051 for servers', (journal) => {
    const probes = all(journal, 'rs.probe')
    return imapRules.every((rule) => probes.filter(({ fields }) => fields.rule === rule).length === 2)
      ? probes
      : undefined
  }),
  counterexamples: [
    'mock-wants-an-initial-response',
    'mock-reads-any-base64',
    'mock-counts-uids-downwards',
    'mock-expunges-in-a-search',
    'mock-takes-starttls-inside-tls',
  ],
  consequence: 'What this run says about login and mailbox rests on a server that no client ever meets.',
  fix: 'This is a fault of the harness, not of your app: report it with the seed of this run.',
  judge(probes) {
    const wrong = probes.find(({ fields }) => !kept[fields.rule][fields.story](fields))
    if (wrong === undefined) return satisfied(...probes.map(positionOf))
    const { rule, story, tagged, untagged } = wrong.fields
    const actual = `${story === 'control' ? 'beside it: ' : ''}${tagged ?? 'no answer'} after ${untagged.join(', ') || 'nothing'}`
    return violated({ expected: `${rule} kept by the mock`, actual }, positionOf(wrong))
  },
})
