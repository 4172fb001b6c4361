export type StepNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12

export interface Step {
  readonly number: StepNumber
  readonly title: string
  /** One sentence: what a developer does in this step. */
  readonly about: string
  /** One sentence: how this step usually goes wrong. */
  readonly goesWrong: string
}

const step = (number: StepNumber, title: string, about: string, goesWrong: string): Step => ({
  number,
  title,
  about,
  goesWrong,
})

/** The twelve steps of reading Gmail over IMAP with OAuth 2.0, in the order in which a developer meets them. */
export const steps: readonly Step[] = [
  step(
    1,
    'Understand OAuth 2.0',
    'Know the roles, choose the authorization code grant and take every endpoint from the issuer’s own metadata.',
    'A grant that Google withdrew, or metadata of a foreign issuer that is believed.',
  ),
  step(
    2,
    'Create the Google project',
    'Make one project for development and another for production, each with people whom Google can reach.',
    'One project for both: a test redirect or a test user limit reaches production.',
  ),
  step(
    3,
    'Enable the API',
    'Enable the Gmail API in the project and make sure that the account may use IMAP.',
    'An administrator has switched IMAP off and the application asks for consent again and again.',
  ),
  step(
    4,
    'Create credentials',
    'Download the client file of the type that fits how the application runs.',
    'A web client in a desktop program, or half a client file pasted into the settings.',
  ),
  step(
    5,
    'Configure the consent screen',
    'Ask for https://mail.google.com/ and publish the application before real users meet it.',
    'The publishing status stays “Testing” and every grant dies after seven days.',
  ),
  step(
    6,
    'Implement the OAuth flow',
    'Send state, nonce and PKCE, accept only the answer that belongs to the request, exchange the code once.',
    'The callback’s state is never compared, so anybody can log a victim into a foreign account.',
  ),
  step(
    7,
    'Store tokens securely',
    'Encrypt the refresh token, write it atomically and readable by its owner alone.',
    'A world-readable JSON file that survives every backup.',
  ),
  step(
    8,
    'Authenticate to IMAP',
    'Send the access token with XOAUTH2 or OAUTHBEARER and answer the error challenge as each mechanism wants it.',
    'The error challenge is answered with the dead token again, or not at all: the program hangs.',
  ),
  step(
    9,
    'Handle token expiration',
    'Refresh shortly before expiry, once for all connections, and stop when the grant is dead.',
    'It works for an hour, then every connection refreshes at once, or forever.',
  ),
  step(
    10,
    'Test IMAP functionality',
    'Read mail without changing it and survive what servers may send at any time.',
    'Reading a message marks it as read for everybody.',
  ),
  step(
    11,
    'Monitor and troubleshoot',
    'Log every login, refresh and failure with its cause, and never a secret.',
    'Debug output prints the token endpoint’s answer into a log that is kept for years.',
  ),
  step(
    12,
    'Keep up to date',
    'Follow what Google withdraws and what the libraries mend.',
    'An out-of-band redirect that Google switched off is still in the settings.',
  ),
]
