import { type Literal, literal } from './literal.fixture.ts'

const ofRefresh = ['testing-7-days', 'access-removed', 'password-changed']

/** The token endpoint and the revocation endpoint. */
export const tokenLiterals: readonly Literal[] = [
  literal(
    '{"error":"invalid_grant","error_description":"Malformed auth code."}',
    'github.com/google/device-access-sample-web-app issue 5',
    'code-garbled',
  ),
  literal(
    '{"error":"invalid_grant","error_description":"Bad Request"}',
    'github.com/google/gmail-oauth2-tools issue 29',
    ...ofRefresh,
    'code-used-twice',
  ),
  literal(
    '{"error":"invalid_grant","error_description":"Token has been expired or revoked."}',
    'github.com/janeczku/calibre-web issue 3305',
    ...ofRefresh,
  ),
  literal(
    '{"error":"invalid_grant","error_description":"Missing code verifier."}',
    'github.com/googleapis/google-api-php-client issue 2669',
    'verifier-missing',
  ),
  literal(
    '{"error":"invalid_grant","error_description":"Invalid code verifier."}',
    'github.com/googleapis/google-api-java-client issue 1479',
    'verifier-wrong',
  ),
  literal(
    '{"error":"invalid_grant","error_description":"code_verifier or verifier is not needed"}',
    'github.com/googleapis/google-api-nodejs-client issue 3680',
    'verifier-not-needed',
  ),
  literal(
    '{"error":"invalid_grant","error_description":"reauth related error (invalid_rapt)","error_subtype":"invalid_rapt"}',
    'github.com/cline/cline issue 4080',
    'session-control',
  ),
  literal(
    '{"error":"invalid_grant","error_subtype":"rapt_required"}',
    'github.com/googleapis/google-auth-library-python google/oauth2/reauth.py',
    'session-control',
  ),
  literal(
    '{"error":"redirect_uri_mismatch","error_description":"Bad Request"}',
    'github.com/iMerica/dj-rest-auth issue 525',
    'exchange-redirect-differs',
  ),
  literal(
    '{"error":"invalid_request","error_description":"client_secret is missing."}',
    'github.com/taylorwilsdon/google_workspace_mcp issue 1008',
    'secret-missing',
  ),
  literal(
    '{"error":"invalid_request","error_description":"Could not determine client ID from request."}',
    'github.com/neomutt/neomutt issue 3477',
    'client-id-missing',
  ),
  literal(
    '{"error":"invalid_request","error_description":"Required parameter is missing: grant_type"}',
    'github.com/googlearchive/gplus-quickstart-ruby issue 11',
    'grant-type-wrong',
  ),
  literal(
    '{"error":"unsupported_grant_type","error_description":"Invalid grant_type: password"}',
    'github.com/android/play-billing-samples issue 471',
    'grant-type-wrong',
  ),
  literal(
    '{"error":"invalid_request","error_description":"Missing required parameter: code"}',
    'github.com/joomla-framework/oauth2 issue 28',
    'code-parameter-missing',
  ),
  literal(
    '{"error":"invalid_request","error_description":"Missing required parameter: refresh_token"}',
    'by analogy',
    'code-parameter-missing',
  ),
  literal(
    '{"error":"invalid_client","error_description":"The OAuth client was not found."}',
    'github.com/Edujugon/laravel-google-ads issue 17',
    'client-unknown',
  ),
  literal(
    '{"error":"invalid_client","error_description":"The provided client secret is invalid."}',
    'two captured answers',
    'secret-wrong',
  ),
  literal(
    '{"error":"invalid_client","error_description":"Unauthorized"}',
    'github.com/SocialiteProviders/Providers issue 564',
    'secret-wrong',
  ),
  literal(
    "invalid_client: Only clients of type 'TVs and Limited Input devices' can use the OAuth 2.0 flow",
    'github.com/anxdpanic/plugin.video.youtube issue 325',
    'device-flow-client',
  ),
  literal('{"error":"org_internal"}', 'Google, limited-input device guide', 'org-internal'),
  literal(
    '{"error":"unauthorized_client","error_description":"Unauthorized"}',
    'github.com/nodemailer/nodemailer issue 266',
    'token-of-another-client',
  ),
  literal(
    '{"error":"invalid_scope","error_description":"Some requested scopes were invalid. {invalid=[a]}"}',
    'github.com/googleapis/google-auth-library-python issue 999',
    'scope-invalid',
  ),
  literal('{"error":"policy_enforced"}', 'github.com/twentyhq/twenty pull request 25148', 'advanced-protection'),
  literal(
    '{"error":"admin_policy_enforced","error_description":"Bad Request"}',
    'Google, Using OAuth 2.0 to Access Google APIs',
    'admin-blocked',
  ),
  literal('{"error_code":"rate_limit_exceeded"}', 'Google, limited-input device guide', 'quota-exceeded'),
  literal('{"error":"internal_failure"}', 'github.com/googleapis/google-auth-library-python pull 368', 'google-outage'),
  literal(
    '{"error":"server_error"}',
    'github.com/googleapis/google-auth-library-python google/oauth2/_client.py',
    'google-outage',
  ),
  literal(
    '{"error":"temporarily_unavailable"}',
    'github.com/googleapis/google-auth-library-python google/oauth2/_client.py',
    'google-outage',
  ),
  literal(
    '{"error":"invalid_token","error_description":"Token expired or revoked"}',
    'github.com/customeros/customeros pull 11611',
    'revoked-already',
  ),
  literal(
    '{"error":"authorization_pending","error_description":"Precondition Required"}',
    'Google, limited-input device guide',
    'device-waiting',
  ),
  literal(
    '{"error":"slow_down","error_description":"Forbidden"}',
    'Google, limited-input device guide',
    'device-waiting',
  ),
]

/** Service accounts. */
export const assertionLiterals: readonly Literal[] = [
  literal(
    'unauthorized_client: Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
    'github.com/googleapis/google-api-php-client issue 2214',
    'delegation-missing',
  ),
  literal(
    '{"error":"access_denied","error_description":"Requested client not authorized."}',
    'github.com/GAM-team/GAM src/gam/gamlib/glapi.py',
    'delegation-scope',
  ),
  literal(
    '{"error":"disabled_client","error_description":"The OAuth client was disabled."}',
    'Google, Using OAuth 2.0 for Server to Server Applications',
    'client-disabled',
  ),
  literal(
    'invalid_grant: Not a valid email',
    'github.com/googleapis/google-api-php-client issue 783',
    'delegated-user-unknown',
  ),
  literal(
    'invalid_grant: Invalid email or User ID',
    'github.com/googleapis/google-api-php-client issue 1207',
    'delegated-user-unknown',
  ),
  literal(
    "invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your 'iat' and 'exp' values and use a clock with skew to account for clock differences between systems.",
    'Google, Using OAuth 2.0 for Server to Server Applications',
    'assertion-clock',
  ),
  literal(
    'invalid_grant: Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.',
    'a captured answer',
    'assertion-clock',
  ),
  literal(
    'invalid_grant: Invalid JWT Signature.',
    'github.com/googleapis/google-cloud-python issue 10004',
    'assertion-signature',
  ),
  literal(
    'invalid_scope: Invalid OAuth scope or ID token audience provided.',
    'github.com/googleapis/google-oauth-java-client issue 602',
    'assertion-scope',
  ),
  literal(
    'org_internal: This client is restricted to users within its organization.',
    'Google, Using OAuth 2.0 for Server to Server Applications',
    'org-internal',
  ),
]
