import type { Answers } from './model.ts'

/** How a program tells an error of Google’s or of the network, as its users reported it. */
export interface Wording {
  readonly program: string
  readonly text: string
  /** The report. What is said to come from reading or running the program itself was seen here. */
  readonly source: string
  /** The cause that its thread found, or the only one possible. */
  readonly cause: string
  /** What the thread says besides the log. */
  readonly answers?: Answers
}

const wording = (program: string, cause: string, text: string, source: string, answers: Answers = {}): Wording => ({
  program,
  text,
  source,
  cause,
  answers,
})

const challenge = 'eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ=='

export const wordings: readonly Wording[] = [
  wording(
    'google-auth (Python)',
    'testing-7-days',
    `Traceback (most recent call last):
  File "mailer.py", line 35, in refresh_api_credentials
    creds.refresh(Request())
  File "site-packages/google/oauth2/reauth.py", line 347, in refresh_grant
google.auth.exceptions.RefreshError: ('invalid_grant: Token has been expired or revoked.', {'error': 'invalid_grant', 'error_description': 'Token has been expired or revoked.'})`,
    'github.com/klenwell/pinprick pull 4',
    { age: 'about-a-week' },
  ),
  wording(
    'google-auth (Python)',
    'session-control',
    "google.auth.exceptions.RefreshError: ('invalid_grant: reauth related error (invalid_rapt)', {'error': 'invalid_grant', 'error_subtype': 'invalid_rapt'})",
    'github.com/cline/cline issue 4080',
  ),
  wording(
    'google-auth-library (JavaScript)',
    'testing-7-days',
    `GaxiosError: invalid_grant
0|ttb      |     at Gaxios._request (/root/ttb/node_modules/gaxios/build/src/gaxios.js:130:23)
0|ttb      |     at async OAuth2Client.refreshTokenNoCache (/root/ttb/node_modules/google-auth-library/build/src/auth/oauth2client.js:174:21)`,
    'github.com/googleapis/google-api-nodejs-client issue 3011: once a week',
    { age: 'about-a-week' },
  ),
  wording(
    'oauth2client (Python)',
    'testing-7-days',
    'oauth2client.client.HttpAccessTokenRefreshError: invalid_grant: Bad Request',
    'github.com/googleapis/oauth2client issue 451',
    { publishing: 'testing' },
  ),
  wording(
    'Go x/oauth2',
    'testing-7-days',
    String.raw`level=error message="Failed" stack="oauth2: cannot fetch token: 400 Bad Request\nResponse: {\n  \"error\": \"invalid_grant\",\n  \"error_description\": \"Token has been expired or revoked.\"\n}: failed"`,
    'github.com/grdl/pronestheus issue 4: the application was not published',
    { publishing: 'testing' },
  ),
  wording(
    'openid-client',
    'access-removed',
    `ResponseBodyError: server responded with an error in the response body
  code: 'OAUTH_RESPONSE_BODY_ERROR',
  cause: { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
  error: 'invalid_grant',
  status: 400`,
    'the members that openid-client 6.8 documents of its ResponseBodyError; not captured',
    { access: 'removed' },
  ),
  wording(
    'imapflow',
    'wrong-scope',
    `Error: Command failed
  response: '3 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)',
  responseStatus: 'NO',
  executedCommand: '3 AUTHENTICATE XOAUTH2',
  serverResponseCode: 'AUTHENTICATIONFAILED',
  authenticationFailed: true`,
    'github.com/postalsys/imapflow issue 224; the form: issue 300',
    { scope: 'other' },
  ),
  wording(
    'node-imap',
    'access-token-expired',
    `Error: Invalid credentials (Failure)
    at Connection._resTagged (node_modules/imap/lib/Connection.js:1502:11) {
  type: 'no',
  textCode: 'AUTHENTICATIONFAILED',
  source: 'authentication'
}`,
    'github.com/mscdex/node-imap issue 826 (the form)',
    { 'token-age': 'old', login: 'token' },
  ),
  wording(
    'imaplib',
    'wrong-scope',
    `  18:49.49 < b'+ ${challenge}'
  18:49.64 < b'ILPK1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)'
imaplib.IMAP4.error: [AUTHENTICATIONFAILED] Invalid credentials (Failure)`,
    'github.com/google/gmail-oauth2-tools issue 78: a token of gmail.modify',
    { scope: 'other' },
  ),
  wording(
    'offlineimap',
    'testing-7-days',
    " XOAUTH2 authentication failed: xoauth2handler got: {u'error_description': u'Bad Request', u'error': u'invalid_grant'}",
    'github.com/OfflineIMAP/offlineimap issue 671',
    { publishing: 'testing' },
  ),
  wording(
    'offlineimap',
    'access-token-expired',
    ` Attempting NOOP on dropped connection imap.gmail.com
 XOAUTH2 authentication failed: [AUTHENTICATIONFAILED] Invalid credentials (Failure)`,
    'github.com/OfflineIMAP/offlineimap issue 536: after a suspend',
  ),
  wording(
    'offlineimap',
    'challenge-cancelled',
    " XOAUTH2 authentication failed: AUTHENTICATE command error: BAD ['Client aborted AUTHENTICATE command. cn9mb200386477igc']. Data: KKIG2 AUTHENTICATE XOAUTH2",
    'github.com/OfflineIMAP/offlineimap issue 374',
  ),
  wording(
    'mbsync with cyrus-sasl',
    'wrong-scope',
    'Error: SASL(-13): authentication failure: server rejected XOAUTH2: {"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}',
    'github.com/LukeSmithxyz/mutt-wizard issue 339 (the form)',
    { scope: 'other' },
  ),
  wording(
    'mbsync with cyrus-sasl',
    'mechanism-missing',
    '[SASL-XOAUTH2] - Requesting token!Error: IMAP wants more steps despite successful SASL authentication.',
    'github.com/LukeSmithxyz/mutt-wizard issue 184',
  ),
  wording(
    'mutt_oauth2.py',
    'client-id-missing',
    `400 Bad Request
invalid_request
Could not determine client ID from request.
Perhaps refresh token invalid. Try running once with "--authorize"`,
    'github.com/neomutt/neomutt issue 3477',
  ),
  wording(
    'nodemailer',
    'refresh-token-garbled',
    `Error: Can't create new access token for user
    at XOAuth2.generateToken (node_modules/nodemailer/lib/xoauth2/index.js:172:33)`,
    'github.com/nodemailer/nodemailer issue 910 (the form)',
    { stored: 'altered' },
  ),
  wording(
    'nodemailer',
    'password-login',
    `Error: Invalid login: 535-5.7.8 Username and Password not accepted. Learn more at
535 5.7.8  https://support.google.com/mail/?p=BadCredentials - gsmtp
  code: 'EAUTH',
  responseCode: 535,
  command: 'AUTH PLAIN'`,
    'github.com/nodemailer/nodemailer issue 1167',
  ),
  wording(
    'nodemailer',
    'token-of-another-client',
    `{ Error: unauthorized_client
    at XOAuth2.generateToken (node_modules/nodemailer/lib/xoauth2/index.js:172:33) code: 'EAUTH' }`,
    'github.com/nodemailer/nodemailer issue 266',
  ),
  wording(
    'n8n',
    'testing-7-days',
    '"errorMessage": "The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client."',
    'github.com/n8n-io/n8n issue 23827 (the form)',
    { publishing: 'testing', age: 'about-a-week' },
  ),
  wording(
    'n8n',
    'private-address-redirect',
    'Error 400: invalid_request — device_id and device_name are required for private IP: http://192.168.1.20:5678/rest/oauth2-credential/callback',
    'github.com/onyx-dot-app/onyx issue 7854 (the sentence)',
  ),
  wording(
    'JavaMail',
    'wrong-user',
    `javax.mail.AuthenticationFailedException: [AUTHENTICATIONFAILED] Invalid credentials (Failure)
        at com.sun.mail.imap.IMAPStore.protocolConnect(IMAPStore.java:727)`,
    'github.com/FlowCrypt/flowcrypt-android issue 196 (the form)',
    { 'login-user': 'other', login: 'token' },
  ),
  wording(
    'MailKit',
    'service-account-as-user',
    `MailKit.Security.AuthenticationException: 334: ${challenge}
   at MailKit.Net.Smtp.SmtpClient.Authenticate: Authentication failed for mailer@example-mail.iam.gserviceaccount.com`,
    'github.com/jstedfast/MailKit issue 962',
    { 'login-user': 'service-account' },
  ),
  wording(
    'MailKit',
    'password-login',
    `C: A00000001 AUTHENTICATE PLAIN
S: A00000001 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)`,
    'github.com/jstedfast/MailKit issue 1276',
  ),
  wording(
    'Thunderbird',
    'embedded-browser',
    'Access blocked: Thunderbird’s request does not comply. Error 403: disallowed_useragent',
    'github.com/thunderbird/thunderbird-android issue 7316',
  ),
  wording(
    'gmvault',
    'service-account-as-user',
    `  File "mod_imap.py", line 256, in oauth2_login
    typ, data = self._imap.authenticate('XOAUTH2', lambda x: oauth2_cred)
error: Lookup failed b17mb443604527ign`,
    'github.com/gaubert/gmvault issue 253 (the form)',
    { 'login-user': 'service-account' },
  ),
  wording(
    'requests-oauthlib',
    'scope-order',
    'Warning: Scope has changed from "https://mail.google.com/ email" to "https://www.googleapis.com/auth/userinfo.email https://mail.google.com/ openid".',
    'github.com/requests/requests-oauthlib issue 387',
  ),
  wording(
    'emailjs-imap-client',
    'session-expired',
    '[ERROR] S: * BYE Session expired, please login again. c74mb246678438itb',
    'github.com/emailjs/emailjs-imap-client issue 142',
  ),
  wording(
    'google-api-php-client',
    'verifier-missing',
    'Fetch auth token: {"error":"invalid_grant","error_description":"Missing code verifier."}',
    'github.com/googleapis/google-api-php-client issue 2669',
  ),
  wording(
    'Google’s page, in a browser',
    'redirect-not-registered',
    `Access blocked: This app’s request is invalid
If you are a developer of this app, see error details.
Error 400: redirect_uri_mismatch`,
    'XaviTorello/mail2googlegroup#17',
  ),
  wording(
    'Google’s page, in Korean',
    'redirect-not-registered',
    `오류 400: redirect_uri_mismatch
요청 세부정보: redirect_uri=https://mail.example.com/callback flowName=GeneralOAuthFlow`,
    'n8n-io/n8n#25413',
  ),
  wording(
    'Google’s page, as it was in 2016',
    'redirect-not-registered',
    `400. That’s an error.
Error: redirect_uri_mismatch
The redirect URI in the request, http://www.example.com/?by=google, does not match the ones authorized for the OAuth client.`,
    'yegor256/netbout#1116',
  ),
  wording(
    'node-imap',
    'gmail-outage',
    'Error: System Error (Failure)\n    at Connection._resTagged (node_modules/imap/lib/Connection.js:1502:11)',
    'mscdex/node-imap#715; ankaboot-source/leadminer#541',
  ),
  wording(
    'offlineimap3',
    'gmail-outage',
    "ERROR: IMAP server 'remote' failed to fetch messages UID '7'. Server responded: NO [b'System Error (Failure)']",
    'OfflineIMAP/offlineimap#682',
  ),
  wording(
    'a program on imapflow',
    'connection-blocked',
    'Failed to connect account: IMAP connect IPv4-retry timeout (30000ms)',
    'maathimself/mailflow#384',
  ),
]
