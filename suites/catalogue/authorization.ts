import { check, each } from '../../harness/model/check.ts'
import { rfc } from '../../harness/model/clause.ts'
import { satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { all, positionOf } from '../../harness/model/observation.ts'
import { text, tokenRequests } from '../facts/token-requests.ts'

/** Step 6: the authorization request, its answer and the exchange. */

export const pkceS256 = check({
  id: 'authz/pkce-s256',
  title: 'The authorization request carries a PKCE challenge with S256',
  step: 6,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(7636, '4.2'),
  quote:
    'If the client is capable of using "S256", it MUST use "S256", as "S256" is Mandatory To Implement (MTI) on the server.',
  needs: ['authorization-code'],
  instruments: [],
  time: 'none',
  scenarios: ['lifecycle'],
  observes: each('ua.opened', 'authorization request that the subject opened in the browser'),
  counterexamples: ['sends-a-plain-challenge'],
  consequence: 'Another program on the machine that catches the code can redeem it.',
  fix: 'Send code_challenge=BASE64URL(SHA-256(code_verifier)) with code_challenge_method=S256.',
  judge({ fields: { parameters } }) {
    const challenge = text(parameters, 'code_challenge') ?? ''
    const method = text(parameters, 'code_challenge_method') ?? 'plain'
    return method === 'S256' && /^[A-Za-z0-9_-]{43}$/.test(challenge)
      ? satisfied()
      : violated({
          expected: 'a challenge of 43 base64url characters with S256',
          actual: challenge === '' ? 'no challenge' : `method ${method}`,
        })
  },
})

export const stateForged = check({
  id: 'cb/state-forged',
  title: 'A callback with a forged state exchanges nothing',
  step: 6,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(6749, '10.12'),
  quote: 'The client MUST implement CSRF protection for its redirection URI.',
  needs: ['authorization-code'],
  instruments: [],
  time: 'none',
  scenarios: ['forged-callback'],
  control: {
    title: 'the true callback that follows is accepted and its code redeemed',
    passed: (journal) => all(journal, 'as.code.redeemed').length > 0,
  },
  observes: each('ua.callback.sent', 'callback with a forged state', ({ fields }) => fields.variant === 'forged-state'),
  counterexamples: ['believes-any-state'],
  consequence: 'An attacker’s link signs the user in to the attacker’s mailbox, and their mail is stored there.',
  fix: 'Keep the state of each sign-in; turn away every callback whose state differs, and go on waiting.',
  judge({ fields }, journal) {
    const forged = text(fields.parameters, 'code')
    if (forged === undefined) return undecided('the forged callback carried no code')
    const exchanged = tokenRequests(journal).filter(({ form }) => text(form, 'code') === forged)
    return exchanged.length === 0
      ? satisfied()
      : violated(
          { expected: 'no token request for the forged callback', actual: 'its code was sent to the token endpoint' },
          ...exchanged.map(({ at }) => at),
        )
  },
})

export const redirectUriSame = check({
  id: 'exch/redirect-uri-same',
  title: 'The exchange repeats the redirect URI of the authorization request',
  step: 6,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(6749, '4.1.3'),
  quote:
    'REQUIRED, if the "redirect_uri" parameter was included in the authorization request as described in Section 4.1.1, and their values MUST be identical.',
  needs: ['authorization-code'],
  instruments: [],
  time: 'none',
  scenarios: ['lifecycle'],
  observes: each(
    'http.request',
    'token request with a code',
    ({ fields }) =>
      fields.endpoint === 'token-endpoint' && text(fields.form ?? [], 'grant_type') === 'authorization_code',
  ),
  reliesOn: ['mock/as-rules'],
  counterexamples: ['exchanges-with-another-redirect-uri'],
  consequence: 'Google answers 400 redirect_uri_mismatch and nobody can sign in.',
  fix: 'Keep the redirect URI of the authorization request, port included, and send the same string again.',
  judge(exchange, journal) {
    const [asked] = all(journal, 'ua.opened')
    const expected = asked && text(asked.fields.parameters, 'redirect_uri')
    const actual = text(exchange.fields.form ?? [], 'redirect_uri')
    // Ports do not stand in a journal; the server compared them.
    const refused =
      tokenRequests(journal).find(({ at }) => at === positionOf(exchange))?.error === 'redirect_uri_mismatch'
    if (expected === undefined) return undecided('the authorization request named no redirect_uri')
    return expected === actual && !refused
      ? satisfied()
      : violated({
          expected,
          actual: refused && expected === actual ? 'the same with another port' : (actual ?? 'none'),
        })
  },
})
