import { redirectUri } from '../flow.fixture.ts'
import { desktop, web } from '../google.fixture.ts'
import { type Sent, redirectUriOf } from './parties.fixture.ts'
import { type Answer, type Parameters, type Row, differs, encoded, same } from './rows.fixture.ts'

const registered = redirectUriOf(web)
/** One that a test looks for in what comes back. */
export const state = 'a-state-of-the-application+/='

const asking =
  (changes: Parameters, more = '') =>
  async (): Promise<Sent> => ({
    endpoint: 'authorization',
    method: 'GET',
    query: `${encoded({
      client_id: web.client_id,
      redirect_uri: registered,
      response_type: 'code',
      scope: 'openid email https://mail.google.com/',
      state,
      ...changes,
    })}${more}`,
    headers: {},
    body: '',
  })

const page: Answer = { end: 'page' }
const screen: Answer = { end: 'screen' }
const told = (error: string): Answer => ({ end: 'application', error })
const toldBadRequest = told('invalid_request')

const challenge = 'x'.repeat(43)

/** Requests to the authorization endpoint. Google shows a page where RFC 6749 §4.1.2.1 tells the application. */
export const authorizationRows: readonly Row[] = [
  same('a request in order', 'RFC 6749 §4.1.1', asking({}), screen),
  same('an unknown parameter', 'RFC 6749 §3.1', asking({ x: 'y' }), screen),
  same('no client_id', 'RFC 6749 §4.1.2.1', asking({ client_id: null }), page),
  same('an unknown client', 'RFC 6749 §4.1.2.1', asking({ client_id: 'nobody' }), page),
  same('no redirect_uri', 'RFC 6749 §3.1.2.3', asking({ redirect_uri: null }), page),
  same('another path', 'RFC 6749 §3.1.2.3', asking({ redirect_uri: 'http://localhost:8080/other' }), page),
  same(
    'another port of a web client',
    'RFC 6749 §3.1.2.3',
    asking({ redirect_uri: 'http://localhost:1/callback' }),
    page,
  ),
  same('more than is registered', 'RFC 6749 §3.1.2.3', asking({ redirect_uri: `${registered}?a=b` }), page),
  same('a fragment', 'RFC 6749 §3.1.2', asking({ redirect_uri: `${registered}#a` }), page),
  same('a relative redirect_uri', 'RFC 6749 §3.1.2', asking({ redirect_uri: '/callback' }), page),
  same(
    'any port of a desktop client',
    'RFC 8252 §7.3',
    asking({ client_id: desktop.client_id, redirect_uri: redirectUri.replace(/:\d+/, ':50505') }),
    screen,
  ),
  differs('no response_type', 'RFC 6749 §4.1.2.1', asking({ response_type: null }), [page, toldBadRequest], {
    google: 'response-type-missing',
  }),
  differs(
    'an unknown response_type',
    'RFC 6749 §4.1.2.1',
    asking({ response_type: 'x' }),
    [page, told('unsupported_response_type')],
    { google: 'response-type-unknown' },
  ),
  differs('no scope', 'RFC 6749 §3.3', asking({ scope: null }), [page, screen], { google: 'parameter-missing' }),
  differs('an unknown scope', 'RFC 6749 §3.3', asking({ scope: 'openid x' }), [page, screen], {
    google: 'scope-invalid',
  }),
  differs('a parameter twice', 'RFC 6749 §3.1', asking({}, '&scope=openid'), [page, toldBadRequest], {
    google: 'parameter-repeated',
  }),
  same('redirect_uri twice', 'RFC 6749 §3.1', asking({}, `&redirect_uri=${encodeURIComponent(registered)}`), page),
  differs(
    'an unknown challenge method',
    'RFC 7636 §4.4.1',
    asking({ code_challenge: challenge, code_challenge_method: 'x' }),
    [page, toldBadRequest],
    { google: 'challenge-method-invalid' },
  ),
  differs(
    'a challenge method and no challenge',
    'RFC 7636 §4.3',
    asking({ code_challenge_method: 'S256' }),
    [screen, toldBadRequest],
    { open: 'no source says how Google reads a method without a challenge' },
  ),
  differs(
    'a challenge that is too short',
    'RFC 7636 §4.2',
    asking({ code_challenge: 'x', code_challenge_method: 'S256' }),
    [page, toldBadRequest],
    { google: 'challenge-malformed' },
  ),
  same(
    'prompt=none without a session',
    'OpenID Connect Core §3.1.2.6',
    asking({ prompt: 'none' }),
    told('login_required'),
  ),
  differs(
    'prompt=none and more',
    'OpenID Connect Core §3.1.2.1',
    asking({ prompt: 'none consent' }),
    [page, toldBadRequest],
    { google: 'prompt-invalid' },
  ),
  differs('an unknown prompt', 'OpenID Connect Core §3.1.2.1', asking({ prompt: 'x' }), [page, toldBadRequest], {
    google: 'prompt-invalid',
  }),
]
