import type { Question } from './model.ts'

/** What is seldom so where nothing points to it. */
const usual: Readonly<Record<string, Question['usual']>> = {
  publishing: { 'published-later': -4, internal: -2 },
  'last-use': { 'six-months-ago': -6 },
  password: { changed: -5 },
  access: { removed: -6 },
  tokens: { many: -6 },
  account: { gone: -7 },
  limit: { limited: -7 },
  minted: { other: -6 },
  stored: { altered: -7 },
  cloud: { session: -6 },
  'code-use': { again: -5 },
  'code-delay': { later: -4 },
  'code-form': { altered: -7 },
  clock: { wrong: -6 },
  scope: { other: -4 },
  'token-age': { old: -4 },
  'login-user': { other: -5, 'service-account': -7 },
  'grant-live': { dead: -4 },
  client: { deleted: -4, elsewhere: -4 },
  proxy: { inspected: -2 },
}

const question = (key: string, asks: string, look: string, options: Readonly<Record<string, string>>): Question => ({
  key,
  asks,
  look,
  usual: usual[key] ?? {},
  options: Object.entries(options).map(([option, says]) => ({ key: option, says })),
})

/** Everything that may be asked, in the order in which it is told. */
export const questions: readonly Question[] = [
  question('stage', 'At which step does it fail?', 'The log says which request was sent last.', {
    exchange: 'right after the user came back from Google, when the code is exchanged',
    refresh: 'later, when a stored refresh token is used',
    assertion: 'a service account asks with a signed JWT; no user takes part',
  }),
  question(
    'age',
    'How long before it failed had the user last been at the consent screen?',
    'The date of the stored refresh token, or myaccount.google.com/connections.',
    { 'under-a-day': 'less than a day', 'about-a-week': 'about seven days', longer: 'longer' },
  ),
  question(
    'publishing',
    'What is the publishing status of the consent screen?',
    'Google Cloud console, Google Auth Platform, Audience.',
    {
      testing: 'External, Testing',
      production: 'External, In production since before the user consented',
      'published-later': 'In production now, Testing when the user consented',
      internal: 'Internal',
    },
  ),
  question('last-use', 'When was this refresh token last used with success?', 'The application’s log of refreshes.', {
    lately: 'within the last six months',
    'six-months-ago': 'more than six months ago, or never',
  }),
  question('password', 'Has the user changed the password of the Google Account since the sign-in?', 'Ask the user.', {
    changed: 'yes',
    unchanged: 'no',
  }),
  question(
    'access',
    'Does the application still stand in the user’s list of connections?',
    'The user looks at myaccount.google.com/connections.',
    { removed: 'no, it was removed', listed: 'yes' },
  ),
  question(
    'tokens',
    'How many times was this account signed in with this client ID?',
    'Count sign-ins of all installations, tests and machines: each makes a refresh token.',
    { few: 'a few times', many: 'about a hundred times or more' },
  ),
  question('account', 'Can the user still sign in at accounts.google.com?', 'Try it in a browser.', {
    active: 'yes',
    gone: 'no: disabled, suspended or deleted',
  }),
  question('limit', 'Did the user give access for a limited time?', 'myaccount.google.com/connections shows it.', {
    limited: 'yes',
    unlimited: 'no',
  }),
  question('minted', 'With which client ID was the refresh token (or the code) obtained?', 'Compare the client IDs.', {
    same: 'the one that sends it now',
    other: 'another one: another application, the OAuth Playground, a replaced client',
  }),
  question(
    'stored',
    'Is the stored refresh token octet for octet what Google sent?',
    'Compare its length and its ends with the first token answer; look for %2F, quotes, blanks, a cut end.',
    { whole: 'yes', altered: 'no: cut, encoded, or with something around it' },
  ),
  question(
    'cloud',
    'Does the application ask for cloud-platform, or does an administrator limit sessions?',
    'Admin console, Security, Google Cloud session control.',
    {
      session: 'yes',
      none: 'no',
    },
  ),
  question(
    'code-use',
    'Is the same code sent more than once?',
    'Count the requests with grant_type=authorization_code; a page that is loaded again sends it again.',
    {
      once: 'once',
      again: 'more than once',
    },
  ),
  question('code-delay', 'How long after the redirect is the code sent?', 'Compare the times in the log.', {
    'at-once': 'within seconds',
    later: 'minutes later or more',
  }),
  question(
    'code-form',
    'In which form is the code sent?',
    'Google’s begin with 4/0A; encoded once more they begin with 4%2F0A.',
    {
      decoded: 'as it stood in the redirect, decoded once',
      altered: 'still percent-encoded, cut, or with something else',
    },
  ),
  question(
    'clock',
    'Does the clock of the machine show the right time?',
    'Compare it with https://time.is; ask for NTP with timedatectl.',
    {
      right: 'yes, within a few seconds',
      wrong: 'no, or it runs in the wrong zone',
    },
  ),
  question(
    'scope',
    'Which scopes does the token answer name?',
    'The member `scope` of the last token answer, or tokeninfo.',
    {
      mail: 'https://mail.google.com/ is among them',
      other: 'it is not: gmail.readonly, gmail.modify, e-mail and profile, …',
    },
  ),
  question(
    'token-age',
    'How old is the access token that is shown to Gmail?',
    'Compare with the time of the last token answer; it lives 3599 seconds.',
    {
      fresh: 'less than an hour',
      old: 'an hour or more',
    },
  ),
  question('login-user', 'Which user name stands in the SASL message?', 'It begins with user= and the address.', {
    same: 'the address of the account that consented',
    other: 'another one: an alias, another account, a blank one',
    'service-account': 'the address of a service account',
  }),
  question(
    'login',
    'With what does the application log in to IMAP or SMTP?',
    'Look at the mechanism: XOAUTH2 and OAUTHBEARER are tokens, PLAIN and LOGIN passwords.',
    {
      token: 'an access token',
      'app-password': 'an app password of sixteen letters',
      password: 'the password of the Google Account',
    },
  ),
  question('grant-live', 'Does a refresh with the stored refresh token still succeed?', 'Send one by hand.', {
    live: 'yes',
    dead: 'no: invalid_grant',
  }),
  question('account-kind', 'What kind of account is it?', 'Addresses at gmail.com are consumer accounts.', {
    consumer: 'a consumer account',
    workspace: 'one of a Google Workspace organisation',
  }),
  question(
    'client-type',
    'What type does the OAuth client have?',
    'Google Cloud console, Clients; a downloaded file says installed or web.',
    {
      desktop: 'Desktop app',
      web: 'Web application',
      mobile: 'Android, iOS or Chrome extension',
      tv: 'TVs and Limited Input devices',
    },
  ),
  question(
    'client',
    'Does the client stand in the console, and is it enabled?',
    'Google Cloud console, Clients; deleted ones can be restored for 30 days.',
    {
      enabled: 'yes',
      deleted: 'no, it was deleted',
      elsewhere: 'it never stood there: wrong project, mistyped or a placeholder',
    },
  ),
  question(
    'first-login',
    'Had this user consented to this project before?',
    'Google asks for consent, and web clients get a refresh token, the first time only.',
    {
      first: 'no, this is the first time',
      repeat: 'yes',
    },
  ),
  question(
    'offline',
    'Does the authorization URL say access_type=offline?',
    'Look at the URL that the browser is sent to.',
    {
      asked: 'yes',
      missing: 'no',
    },
  ),
  question('processes', 'How many processes or machines use the same account?', 'Count connections and stores.', {
    one: 'one, with few connections',
    several: 'several, or many connections at a time',
  }),
  question('unverified', 'Has Google verified the application?', 'Google Cloud console, Verification center.', {
    verified: 'yes',
    unverified: 'no',
  }),
  question(
    'proxy',
    'Does a proxy, a virus scanner or a company network stand between the machine and the internet?',
    'Ask for HTTPS_PROXY; look at who issued the certificate.',
    {
      inspected: 'yes',
      direct: 'no',
    },
  ),
]

export const questionNamed = (key: string): Question | undefined => questions.find((each) => each.key === key)
