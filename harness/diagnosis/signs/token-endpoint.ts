import type { Sign } from '../model.ts'
import { codesOf, signsOf } from './sign.ts'

/** What Google's token endpoint says; `fixtures/google/token-errors.json` has the source of each sentence. */
export const tokenEndpointSigns: readonly Sign[] = [
  ...codesOf('google', [
    'invalid_grant',
    'invalid_client',
    'unauthorized_client',
    'unsupported_grant_type',
    'invalid_token',
    'rate_limit_exceeded',
    'internal_failure',
    'server_error',
    'temporarily_unavailable',
    'authorization_pending',
    'slow_down',
    'expired_token',
  ]),
  ...signsOf('google', 'code', [
    [
      'no-refresh-token',
      /\bMissingRefreshToken|no refresh[_ ]?token\b|(?:missing|without|need(?:s|ed)?) (?:a |the )?refresh[_ ]?token|refresh[_ ]?token (?:is )?(?:missing|undefined|null|not (?:found|set|present|returned))/i,
      'there is no refresh token',
    ],
    [
      'refresh-token-rejected',
      /refresh token (?:was |is |has been )?(?:rejected|invalid|expired|revoked)|Can't create new access token for user|the provided authorization grant \(e\.g\., authorization code, resource owner credentials\)/i,
      'the library says that the refresh token was refused',
    ],
  ]),
  ...signsOf('google', 'detail', [
    ['code-malformed', /malformed auth code/i, '“Malformed auth code.”'],
    ['code-redeemed', /code was already redeemed/i, '“Code was already redeemed.”'],
    ['token-dead', /token has been expired or revoked/i, '“Token has been expired or revoked.”'],
    ['verifier-missing', /missing code verifier/i, '“Missing code verifier.”'],
    ['verifier-wrong', /invalid code verifier/i, '“Invalid code verifier.”'],
    ['verifier-not-needed', /code_verifier or verifier is not needed/i, '“code_verifier or verifier is not needed”'],
    ['reauth', /invalid_rapt|rapt_required|reauth related error/i, 'the subtype invalid_rapt or rapt_required'],
    ['account-deleted', /\baccount has been deleted/i, '“Account has been deleted”'],
    ['secret-missing', /client_secret is missing/i, '“client_secret is missing.”'],
    [
      'client-id-missing',
      /could not determine client id from request/i,
      '“Could not determine client ID from request.”',
    ],
    ['grant-type-missing', /required parameter is missing: grant_type/i, '“Required parameter is missing: grant_type”'],
    ['grant-type-unknown', /invalid grant_type:/i, '“Invalid grant_type: …”'],
    [
      'parameter-code-missing',
      /missing required parameter: (?:code|refresh_token)\b/i,
      '“Missing required parameter: code” or refresh_token',
    ],
    ['client-not-found', /the oauth client was not found/i, '“The OAuth client was not found.”'],
    ['secret-invalid', /the provided client secret is invalid/i, '“The provided client secret is invalid.”'],
    [
      'scope-invalid-audience',
      /invalid oauth scope or id token audience provided/i,
      '“Invalid OAuth scope or ID token audience provided.”',
    ],
    [
      'device-type',
      /only clients of type 'tvs and limited input devices'/i,
      'only clients for limited input devices may use the device flow',
    ],
    ['device-scope', /invalid device flow scope/i, '“Invalid device flow scope: …”'],
    [
      'delegation-missing',
      /client is unauthorized to retrieve access tokens using this method/i,
      '“Client is unauthorized to retrieve access tokens using this method, …”',
    ],
    ['delegation-scope', /requested client not authorized/i, '“Requested client not authorized.”'],
    [
      'user-unknown',
      /not a valid email|invalid email or user id/i,
      '“Not a valid email” or “Invalid email or User ID”',
    ],
    ['account-unknown', /invalid grant: account not found/i, '“Invalid grant: account not found”'],
    [
      'assertion-times',
      /token must be a short-lived token/i,
      '“Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. …”',
    ],
    ['assertion-signature', /invalid jwt signature/i, '“Invalid JWT Signature.”'],
    ['assertion-audience', /failed audience check/i, '“Invalid JWT: Failed audience check.”'],
    [
      'revocation-dead',
      /token expired or revoked|"invalid_token".*"invalid value"/i,
      '“Token expired or revoked”, of the revocation endpoint',
    ],
  ]),
  ...signsOf('google', 'hint', [
    [
      'bad-request',
      /(?:invalid_grant|redirect_uri_mismatch|description|descricao)\W{1,12}(?:error_description\W{1,6})?bad request|bad request\W{1,6}u?'?"?(?:error'?"?\W{1,6})?invalid_grant/i,
      'the description “Bad Request”, which says nothing',
    ],
    [
      'unauthorized',
      /(?:invalid_client|unauthorized_client|description)\W{1,12}(?:error_description\W{1,6})?unauthorized\b/i,
      'the description “Unauthorized”',
    ],
    [
      'at-refresh',
      /grant_type\W{1,5}refresh_token|refreshError|refresh_grant|refreshAccessToken|refreshToken(?:NoCache)?\b\s*\(|AccessTokenRefreshError|Refreshing access_token|token refresh|refresh(?:ing)? (?:the )?(?:access )?token|XOAuth2\.generateToken|oauth2_refresh_token|xoauth2handler/i,
      'it happened at a refresh',
    ],
    [
      'at-exchange',
      /grant_type\W{1,5}authorization_code|\bgetToken(?:Async)?\b|fetch_token|fetchAccessTokenWithAuthCode|authorizationCodeGrant|exchang(?:e|ing) (?:the )?(?:authorization )?code|\/(?:oauth2?|auth)\/?(?:google\/)?callback|TokenError/i,
      'it happened when a code was exchanged',
    ],
    [
      'at-assertion',
      /jwt-bearer|service[_ ]?account|\.gserviceaccount\.com|GoogleToken|getToken.*gtoken|google\/oauth2\/service_account/i,
      'a service account is involved',
    ],
    ['code-encoded', /\bcode\W{1,4}4%(?:25)?2F/i, 'the code looks percent-encoded where it stands'],
    [
      'testing-named',
      /publishing status(?:: | is )?testing|\btesting mode\b|status testing/i,
      'the log speaks of the status Testing',
    ],
    [
      'expires-in-week',
      /refresh_token_expires_in\W{1,4}60(?:4[0-7]\d\d|48\d\d)\b/i,
      'the token answer limited the refresh token to seven days',
    ],
  ]),
]
