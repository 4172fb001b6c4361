import { check, each } from '../../harness/model/check.ts'
import { ownRule, rfc } from '../../harness/model/clause.ts'
import { satisfied, violated } from '../../harness/model/finding.ts'
import { positionOf } from '../../harness/model/observation.ts'
import { inPhase } from '../facts/phases.ts'
import { text } from '../facts/token-requests.ts'

/** Step 1: which grant, and whose metadata is believed. */

export const codeOnly = check({
  id: 'grant/code-only',
  title: 'Only the authorization code grant is used',
  step: 1,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('RFC 9700 §2.1.2 advises against every response type that returns tokens in the front channel'),
  needs: ['authorization-code'],
  instruments: [],
  time: 'none',
  scenarios: ['lifecycle'],
  observes: each('ua.opened', 'authorization request that the subject opened in the browser'),
  counterexamples: ['asks-for-tokens-in-the-front-channel'],
  consequence: 'Tokens pass through the browser’s address bar, history and extensions.',
  fix: 'Send response_type=code and nothing else, then exchange the code at the token endpoint.',
  judge({ fields }) {
    const responseType = text(fields.parameters, 'response_type') ?? 'none'
    return responseType === 'code'
      ? satisfied()
      : violated({ expected: 'response_type=code', actual: `response_type=${responseType}` })
  },
})

export const issuerExact = check({
  id: 'disco/issuer-exact',
  title: 'Metadata that names another issuer is not used',
  step: 1,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(8414, '3.3'),
  quote:
    'The "issuer" value returned MUST be identical to the authorization server’s issuer identifier value into which the well-known URI string was inserted to create the URL used to retrieve the metadata.',
  needs: ['authorization-code'],
  instruments: [],
  time: 'none',
  scenarios: ['foreign-issuer'],
  control: {
    title: 'the same sign-in goes on once the metadata names the true issuer',
    passed: (journal) => inPhase(journal, 'ua.opened', 'true-issuer').length > 0,
  },
  observes: each(
    'fault.fired',
    'metadata with a foreign issuer',
    ({ fields, phase }) => phase === 'foreign-issuer' && fields.fault === 'foreign-issuer',
  ),
  counterexamples: ['believes-a-foreign-issuer'],
  consequence:
    'Whoever can alter the metadata directs the sign-in, the code and the client secret to their own server.',
  fix: 'Compare the metadata’s issuer with the one you asked, octet by octet, and stop when they differ.',
  judge(_, journal) {
    const opened = inPhase(journal, 'ua.opened', 'foreign-issuer')
    return opened.length === 0
      ? satisfied()
      : violated(
          { expected: 'no authorization request after foreign metadata', actual: 'the sign-in went on with it' },
          ...opened.map(positionOf),
        )
  },
})
