import { check, whole } from '../../harness/model/check.ts'
import { rfc } from '../../harness/model/clause.ts'
import { satisfied, violated } from '../../harness/model/finding.ts'
import { all, asRules as rules, positionOf } from '../../harness/model/observation.ts'

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
