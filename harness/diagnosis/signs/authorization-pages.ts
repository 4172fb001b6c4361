import type { Sign } from '../model.ts'
import { codesOf, signsOf } from './sign.ts'

/** What Google's pages and redirects say before any code exists; `fixtures/google/authorization-errors.json` has sources. */
export const authorizationSigns: readonly Sign[] = [
  ...codesOf('google', [
    'invalid_request',
    'invalid_scope',
    'redirect_uri_mismatch',
    'origin_mismatch',
    'deleted_client',
    'disabled_client',
    'org_internal',
    'admin_policy_enforced',
    'policy_enforced',
    'restricted_client',
    'access_not_configured',
    'disallowed_useragent',
    'unsupported_response_type',
    'access_denied',
    'login_required',
    'consent_required',
    'interaction_required',
    'account_selection_required',
  ]),
  ...signsOf('google', 'code', [
    ['scope-changed', /scope has changed from/i, '“Scope has changed from … to …”'],
    [
      'state-mismatch',
      /(?:state|csrf)[ _-]?(?:mismatch|does not match)|mismatching[_ ]state|"state" response parameter|unexpected "?state"?/i,
      'the state does not match',
    ],
    [
      'issuer-unexpected',
      /unexpected "?iss"?|issuer mismatch|"iss" .{0,30}(?:mismatch|unexpected|missing)/i,
      'the library did not expect the issuer',
    ],
  ]),
  ...signsOf('google', 'detail', [
    ['sign-in-disabled', /sign in with google temporarily disabled/i, '“Sign in with Google temporarily disabled”'],
    [
      'parameter-missing',
      /missing required parameter: (?:client_id|redirect_uri|scope)\b|required parameter is missing: response_type/i,
      'a parameter of the authorization request is missing',
    ],
    ['response-type', /invalid response_type/i, '“Invalid response_type: …”'],
    ['client-deleted', /the oauth client was deleted/i, '“The OAuth client was deleted.”'],
    ['client-disabled', /the oauth client was disabled/i, '“The OAuth client was disabled.”'],
    [
      'redirect-register',
      /register the redirect uri in the google cloud console/i,
      'Google asks to register the redirect URI',
    ],
    ['origin-register', /register the javascript origin/i, 'Google asks to register the JavaScript origin'],
    [
      'oob-web',
      /can only be used by a client id for native application/i,
      'the redirect URI “can only be used by a Client ID for native application”',
    ],
    ['oob-blocked', /out-of-band \(oob\) flow has been blocked/i, '“The out-of-band (OOB) flow has been blocked …”'],
    [
      'loopback-blocked',
      /the loopback flow has been blocked|localhost uri is not allowed for 'native_device'/i,
      '“The loopback flow has been blocked …”',
    ],
    [
      'custom-scheme',
      /custom uri scheme is not (?:enabled|supported)|custom scheme uris are not allowed/i,
      '“Custom URI scheme is not enabled …”',
    ],
    [
      'private-address',
      /device_id and device_name are required for private ip/i,
      '“device_id and device_name are required for private IP”',
    ],
    ['validation-rules', /one or more google validation rules/i, '“… one or more Google validation rules.”'],
    ['scope-invalid', /some requested scopes were invalid/i, '“Some requested scopes were invalid.”'],
    [
      'not-a-tester',
      /developer hasn't given you access to this app|has not completed the google verification process|can only be accessed by developer-approved testers|app_notverified/i,
      'only testers that the developer approved may sign in',
    ],
    [
      'organisation-only',
      /can only be used within its organization|restricted to users within its organization/i,
      'the application “is restricted to users within its organization”',
    ],
    [
      'admin-blocks',
      /access to your account data is restricted by policies within your organization/i,
      'policies of the organisation restrict the access',
    ],
    [
      'advanced-protection',
      /advanced protection prevented|not approved by advanced protection/i,
      'Google’s Advanced Protection prevented the sign-in',
    ],
    [
      'consent-screen-unset',
      /not (?:yet )?configured to make oauth requests?/i,
      '“This app is not yet configured to make OAuth requests.”',
    ],
    [
      'institution',
      /institution's admin(?:istrator)? needs to review|until an admin at your institution/i,
      'the institution’s administrator has to review the application',
    ],
    ['webview', /secure browsers policy/i, 'Google’s secure browsers policy'],
    [
      'challenge-method',
      /not a valid codechallengemethod|invalid parameter value for code_challenge/i,
      'Google does not take this code_challenge_method',
    ],
    [
      'parameter-not-allowed',
      /parameter not allowed for this message type/i,
      '“Parameter not allowed for this message type: …”',
    ],
    [
      'parameter-twice',
      /oauth 2 parameters can only have a single value/i,
      '“OAuth 2 parameters can only have a single value: …”',
    ],
  ]),
  ...signsOf('google', 'hint', [
    ['oob-redirect', /urn:ietf:wg:oauth:2\.0:oob/i, 'the redirect URI is the out-of-band one'],
    [
      'offline-access-scope',
      /\binvalid=\[[^\]]*offline_access|scope\W{1,4}[^"'&]*offline_access/i,
      'the scope offline_access, which is Microsoft’s',
    ],
    [
      'gmail-api-scope',
      /auth\/gmail\.(?:readonly|modify|metadata|labels|insert|compose|send)/i,
      'a scope of the Gmail API, which opens no IMAP',
    ],
    [
      'redirect-page',
      /\b400: redirect_uri_mismatch|the redirect uri in the request\b|flowName=GeneralOAuthFlow/i,
      'it is Google’s page in the browser that says so',
    ],
    ['signed-out', /error=access_denied/i, 'access_denied came back to the redirect URI'],
  ]),
]
