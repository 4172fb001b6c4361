import * as v from 'valibot'
import { members } from './control/members.ts'
import { gmailRefusals } from '../model/gmail-setup.ts'
import { gmailSwitches, googleSwitches, imapSettings, mailSwitches } from './switch-schema.ts'

/** What may befall an account that has signed in. */
export const happenings = [
  'access-removed',
  'password-changed',
  'account-disabled',
  'account-deleted',
  'application-restricted',
  'application-published',
  'access-tokens-expired',
  'refresh-tokens-expired',
  'consents-expired',
  'sessions-expired',
  'time-passes',
] as const

type Optional<T extends v.ObjectEntries> = { readonly [K in keyof T]: v.ExactOptionalSchema<T[K], undefined> }

/** An object each of whose members may be left out. */
const optional = <const T extends v.ObjectEntries>(entries: T) =>
  members(
    Object.fromEntries(Object.entries(entries).map(([name, schema]) => [name, v.exactOptional(schema)])) as Optional<T>,
  )

const matching = (pattern: RegExp, expected: string) => v.pipe(v.string(), v.regex(pattern, `expected ${expected}`))
const described = <T extends v.GenericSchema>(schema: T, text: string) => v.pipe(schema, v.description(text))

const address = matching(/^[^\s@"<>]+@[^\s@"<>]+$/, 'an address such as alice@example.com')
const domain = matching(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, 'a domain such as example.com, in lower case')
const digits = matching(/^[1-9]\d{0,29}$/, 'digits in quotes')
const uri = v.pipe(v.string(), v.url('expected a URI such as https://example.com/callback'))
const count = v.pipe(v.number(), v.integer('expected a whole number'), v.minValue(0, 'expected 0 or more'))
const projectName = described(v.string(), 'A name under `projects`; without one the first project.')

const project = optional({
  number: described(digits, 'The project number, which begins every client ID.'),
  name: described(v.string(), 'What the consent screen calls the application.'),
  userType: v.picklist(['external', 'internal']),
  publishingStatus: v.picklist(['testing', 'production']),
  verified: described(v.boolean(), 'Without it users meet a warning, and at most 100 new ones get past it.'),
  testUsers: described(v.array(address), 'They count while the publishing status is testing.'),
  organisation: described(v.nullable(domain), 'Workspace domain that the project belongs to.'),
  earlierUsers: described(count, 'Users who consented before, for the cap of unverified applications.'),
})

const clientId = matching(
  /^[1-9]\d{0,29}(?:-[a-z0-9]+)?\.apps\.googleusercontent\.com$/,
  'a client ID such as 123456789012-abc.apps.googleusercontent.com',
)
const secret = matching(/^[\x21-\x7e]{12,200}$/, '12 to 200 printable characters')

const client = members({
  type: v.picklist(['desktop', 'web', 'android', 'ios', 'chrome', 'tv']),
  project: v.exactOptional(projectName),
  id: v.exactOptional(described(clientId, 'Made up at every start unless told.')),
  secret: v.exactOptional(described(secret, 'Made up at every start unless told. Android, iOS and Chrome have none.')),
  otherSecret: v.exactOptional(described(secret, 'A second secret beside the first.')),
  redirectUris: v.exactOptional(v.array(uri)),
  customScheme: v.exactOptional(described(v.boolean(), 'The setting of Android clients, off unless told.')),
  state: v.exactOptional(
    described(v.picklist(['active', 'disabled', 'deleted']), 'What the developer, or Google, did to the client.'),
  ),
  secretEnabled: v.exactOptional(described(v.boolean(), 'Google refuses a secret that the developer disabled.')),
})

const label = matching(/^[^\x00-\x1f\x7f]{1,225}$/, 'a label of 1 to 225 characters')
const flag = matching(
  /^(?:\\(?:Answered|Flagged|Draft|Seen)|[^\x00-\x20\x7f-\uffff(){%*"\\\]]{1,100})$/,
  'a flag such as \\Seen, or a keyword',
)
const message = optional({
  file: described(v.string(), 'A message as it is, octet for octet; the path begins at this file.'),
  text: described(v.string(), 'A message; its lines get the ends that RFC 5322 wants.'),
  labels: described(v.array(label), 'Such as \\Inbox, \\Sent, \\Draft, or the user’s own; \\Inbox unless told.'),
  flags: v.array(flag),
  date: v.pipe(v.string(), v.isoTimestamp('expected a date and time such as 2026-01-14T09:00:00Z')),
})

const account = members({
  address,
  name: v.exactOptional(v.string()),
  sub: v.exactOptional(described(digits, 'The permanent account number; derived from the address unless told.')),
  organisation: v.exactOptional(described(v.nullable(domain), 'Workspace domain; null for a consumer account.')),
  policy: v.exactOptional(
    described(
      v.picklist(['allowed', 'trusted', 'restricted', 'not-configured']),
      'How a Workspace administrator treats the application.',
    ),
  ),
  sessionLength: v.exactOptional(
    described(v.nullable(count), 'Milliseconds after which tokens for Cloud Platform want a new sign-in.'),
  ),
  imapRefusal: v.exactOptional(
    described(v.picklist(gmailRefusals), 'How Gmail ends every login of this account, its credentials being good.'),
  ),
  unticks: v.exactOptional(
    described(v.array(uri), 'Scopes whose boxes this user leaves empty where a consent screen has some.'),
  ),
  mailbox: v.exactOptional(described(v.picklist(['example', 'empty']), 'What lies in it before `messages`; empty.')),
  messages: v.exactOptional(v.array(message)),
})

const serviceAccount = members({
  email: address,
  clientId: v.exactOptional(described(digits, 'Made up at every start unless told.')),
  project: v.exactOptional(projectName),
  delegations: v.exactOptional(
    v.array(
      members({
        organisation: domain,
        scopes: v.array(v.pipe(v.string(), v.url('expected a scope such as https://mail.google.com/'))),
      }),
    ),
  ),
})

const event = members({
  wait: v.exactOptional(described(count, 'Seconds after the first tokens; none unless told.')),
  happens: v.picklist(happenings),
  seconds: v.exactOptional(described(count, 'How much time passes, with `time-passes`.')),
})

/** What a world file may say; `world.schema.json` is the same for editors. */
export const worldSchema = v.pipe(
  optional({
    $schema: v.string(),
    projects: described(v.record(v.string(), project), 'Google Cloud projects by names that only this file knows.'),
    clients: described(v.array(client), 'OAuth clients; one desktop client unless told.'),
    accounts: described(v.array(account), 'Google accounts with their mail; alice and bob unless told.'),
    serviceAccounts: v.array(serviceAccount),
    events: described(v.array(event), 'What befalls each account by itself after its first sign-in, in this order.'),
    google: described(optional({ switches: optional(googleSwitches) }), 'What no source establishes about Google.'),
    gmail: optional({
      settings: optional(imapSettings),
      switches: described(optional({ ...gmailSwitches, ...mailSwitches }), 'What no source establishes about Gmail.'),
      sessionEnd: described(
        optional({
          beforeExpiry: described(v.nullable(count), 'Milliseconds before the token’s expiry; null: never.'),
          bye: described(v.boolean(), 'Whether BYE comes first.'),
        }),
        'When Gmail ends a session by itself.',
      ),
    }),
  }),
  v.title('A world for oauth-imap serve'),
)

export type WorldFile = v.InferOutput<typeof worldSchema>
