import * as v from 'valibot'
import { loadMailbox } from '../../mailbox-files.ts'
import { Fault } from '../../model/fault.ts'
import { nearest } from '../../nearest.ts'
import type { LastPage } from '../../../mocks/user-agent/browser.ts'
import type { ServedWorld } from '../served-world.ts'
import { members } from './members.ts'
import { problem } from './problem.ts'
import { type Route, done, route, shown } from './route.ts'

const account = v.string()
const own = 'alice@example.com'

/** @throws Fault that names the account that was most likely meant */
function known({ accounts }: ServedWorld, address: string): string {
  if (accounts.includes(address)) return address
  throw new Fault('UNKNOWN_NAME', 'This world has no such account.', meant(address, accounts))
}

const meant = (name: string, names: readonly string[]): string =>
  names.length === 0 ? 'It has none.' : `Did you mean ${nearest(name.slice(0, 100), names)}?`

const authorization =
  'https://accounts.google.com/o/oauth2/v2/auth?response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2F' +
  '&scope=openid%20https%3A%2F%2Fmail.google.com%2F&state=xyz' +
  '&client_id=123456789012-desktopdesktopdesktopdesktopdesk.apps.googleusercontent.com' +
  '&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256'

const consent = route({
  method: 'POST',
  path: '/consent',
  summary: 'Sign in at an authorization URL and decide; tell where the browser is sent, without going there.',
  input: members({
    url: v.string(),
    account,
    decision: v.picklist(['grant', 'deny']),
    scopes: v.exactOptional(v.array(v.string())),
  }),
  examples: [
    { url: authorization, account: own, decision: 'grant' },
    { url: authorization, account: own, decision: 'deny' },
    { url: authorization, account: own, decision: 'grant', scopes: ['https://mail.google.com/'] },
  ],
  success: { status: 200, type: 'application/json', shows: members({ location: v.string() }) },
  async answer({ world }, { account: address, ...rest }) {
    const owner = known(world, address)
    checkScopes(rest)
    const end = await world.consent({ ...rest, account: owner })
    if (end.end === 'redirected') return shown({ location: end.location })
    const { status, title, lines } = end
    return problem(422, `The sign-in ended at a page of Google’s, ${shownAs(end)}.`, { page: { status, title, lines } })
  },
})

/**
 * A scope that nobody asked for is a slip of the pen: it would tick nothing, and the sign-in would end as a refusal.
 *
 * @throws Fault that names the scope that was most likely meant
 */
function checkScopes({ url, scopes = [] }: { readonly url: string; readonly scopes?: readonly string[] }): void {
  const parameters = URL.parse(url)?.searchParams
  // What was granted before then stands on the consent screen too.
  if (parameters === undefined || parameters.get('include_granted_scopes') === 'true') return
  const asked = (parameters.get('scope') ?? '').split(/\s+/).filter((scope) => scope !== '')
  const other = scopes.find((scope) => !asked.includes(scope))
  if (other === undefined || asked.length === 0) return
  throw new Fault('UNKNOWN_NAME', 'The URL asks for no such scope.', meant(other, asked))
}

/** Titles are for users; what went wrong stands in the line for developers. */
function shownAs({ status, title, lines }: LastPage): string {
  if (status === 0) return 'which never came'
  const error = lines.find((line) => /^Error \d{3}: /.test(line))
  return `“${title}” (status ${status}${error === undefined ? '' : `; ${error}`})`
}

const expiring = ['access-tokens', 'refresh-tokens', 'consents', 'sessions'] as const

const expire = route({
  method: 'POST',
  path: '/expire',
  summary:
    'End now what time would end: access tokens after their hour, refresh tokens after six months without use, ' +
    'consents of Testing or for a time, IMAP sessions; tell how many that were.',
  input: members({ account, what: v.picklist(expiring) }),
  examples: expiring.map((what) => ({ account: own, what })),
  success: { status: 200, type: 'application/json', shows: members({ ended: v.number() }) },
  answer({ world }, { account: address, what }) {
    const owner = known(world, address)
    return shown({ ended: what === 'sessions' ? world.gmail.expireSessions(owner) : world.google.expire(owner, what) })
  },
})

const revoke = route({
  method: 'POST',
  path: '/revoke',
  summary: 'Take the application’s access away, as the user does on the account’s own page.',
  input: members({ account }),
  examples: [{ account: own }],
  success: { status: 204 },
  answer({ world }, { account: address }) {
    world.google.removeAccess(known(world, address))
    return done()
  },
})

/** Such as Gmail’s own, `\Inbox` and `\Sent`. */
const label = v.pipe(v.string(), v.regex(/^[^\x00-\x1f\x7f]{1,225}$/, 'expected a label of 1 to 225 characters'))

const deliver = route({
  method: 'POST',
  path: '/deliver',
  summary: 'Deliver one message, under labels or to the inbox: a text, octets in base64, or a message of the example.',
  input: v.pipe(
    members({
      account,
      message: v.exactOptional(v.pipe(v.string(), v.nonEmpty('expected a message'))),
      base64: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]+={0,2}$/, 'expected base64 (RFC 4648 §4)'))),
      fixture: v.exactOptional(v.string()),
      labels: v.exactOptional(v.array(label)),
    }),
    v.check(
      ({ message, base64, fixture }) => [message, base64, fixture].filter((each) => each !== undefined).length === 1,
      'one of message, base64 and fixture is expected',
    ),
  ),
  examples: [
    { account: own, message: 'From: bob@example.com\nSubject: Hello\n\nHello Alice.\n' },
    { account: own, base64: 'U3ViamVjdDogSGkNCg0KSGkuDQo=', labels: ['\\Inbox', 'Work'] },
    { account: own, fixture: 'plain.eml' },
  ],
  success: { status: 204 },
  async answer(served, { account: address, labels, ...content }) {
    const octets = await octetsOf(content)
    const { world } = served
    world.gmail.deliver(known(world, address), octets, labels)
    return done()
  },
})

interface Content {
  readonly message?: string
  readonly base64?: string
  readonly fixture?: string
}

/** A text gets the line ends of a message (RFC 5322 §2.1); octets stay as they are. */
async function octetsOf({ message, base64, fixture = '' }: Content): Promise<Uint8Array> {
  if (message !== undefined) return new TextEncoder().encode(message.replace(/\r?\n/g, '\r\n'))
  if (base64 !== undefined) return decoded(base64)
  const mailbox = await loadMailbox()
  const found = mailbox.find(({ file }) => file === fixture)
  if (found !== undefined) return found.bytes
  throw new Fault(
    'UNKNOWN_NAME',
    'There is no such message.',
    meant(
      fixture,
      mailbox.map(({ file }) => file),
    ),
  )
}

function decoded(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch (cause) {
    throw new Fault('USAGE', 'base64: its length is none of base64.', 'Send it whole, padding included.', { cause })
  }
}

export const accountRoutes: readonly Route[] = [consent, expire, revoke, deliver]
