import type { LiveMechanism, ObservedLive } from '../../model/live.ts'
import type { LiveContext } from '../context.ts'
import { google } from '../far-side.ts'
import { drawnText, madeUpAccessToken } from '../servers/made-up.ts'
import { LiveTrouble } from '../trouble.ts'
import { refusalIn } from './dialogue.ts'
import { challengeLook } from './looks.ts'
import { told } from './said.ts'
import { type Authenticated, type Credentials, authenticate } from './sasl.ts'
import { type Server, capabilitiesOf, lookAtOffers, withServer } from './server.ts'

type Token = ObservedLive['live.login']['token']

export interface Login extends Credentials {
  readonly token: Token
  readonly mechanism: LiveMechanism
}

const mechanisms: readonly LiveMechanism[] = ['XOAUTH2', 'OAUTHBEARER']

/**
 * Logs in with each mechanism and a token that nobody issued: records `live.login`, looks for drift.
 *
 * @param account whose name is shown to the server; the token is good for nothing
 * @throws LiveTrouble for what is no refusal of a token
 */
export async function offerBogusToken(context: LiveContext, account: string): Promise<string> {
  const { random, farSide, secrets } = context
  const accessToken = farSide.issuer === google.issuer ? madeUpAccessToken(random) : drawnText(random, 128)
  secrets.learn('access-token', accessToken)
  const results: string[] = []
  const waiting = [...mechanisms]
  // One connection for both, unless a server ends it at the first: a run may begin few.
  while (waiting.length > 0)
    await withServer(context, async ({ dialogue }) => {
      const capabilities = await capabilitiesOf(dialogue)
      for (let mechanism = waiting.shift(); mechanism !== undefined; mechanism = waiting.shift()) {
        const login = { account, accessToken, token: 'bogus' as const, mechanism }
        const tried = await logIn(context, { dialogue, capabilities }, login)
        results.push(`${mechanism} ${tried?.result ?? 'not offered'}`)
        if (tried !== undefined) lookAtRefusal(context, mechanism, tried)
        if (tried?.result === 'accepted' || tried?.completed.condition === 'BYE') return
      }
    })
  return results.join(', ')
}

/**
 * Logs in once, asks for capabilities and ID, and logs out: records `live.login`, `live.capabilities`, `live.id`; looks for
 * drift.
 *
 * @returns what came of it; a mechanism that is not offered is nothing to be said against a server that has another
 * @throws LiveTrouble `throttled`, `imap-off`, `server-error`, and `login-refused` for every other refusal
 */
export const logInOnce = (context: LiveContext, login: Login): Promise<string> =>
  withServer(context, async ({ dialogue }) => {
    context.secrets.learn('access-token', login.accessToken)
    const capabilities = await capabilitiesOf(dialogue)
    const tried = await logIn(context, { dialogue, capabilities }, login)
    if (tried === undefined) return 'not offered'
    if (tried.result === 'refused') throw refused(tried)
    await lookAtOffers(context, dialogue, 'after-login')
    return 'accepted'
  })

interface Tried extends Authenticated {
  readonly result: 'accepted' | 'refused'
}

/** Undefined where the mechanism is not offered. */
async function logIn(
  context: LiveContext,
  { dialogue, capabilities }: Pick<Server, 'dialogue'> & { readonly capabilities: readonly string[] },
  login: Login,
): Promise<Tried | undefined> {
  const { mechanism, token } = login
  const { journal, farSide } = context
  const observed = { mechanism, token, offered: capabilities.includes(`AUTH=${mechanism}`) }
  if (!observed.offered) {
    journal.record('live', 'live.login', { ...observed, result: 'not-tried', challenge: null, answer: '' })
    return undefined
  }
  const authenticated = await authenticate(dialogue, login, { capabilities, server: farSide.imap })
  const { completed, challenge } = authenticated
  const result = completed.condition === 'OK' ? 'accepted' : 'refused'
  const answer = told(completed.said, context)
  const shownChallenge = challenge === null ? null : told(challenge, context)
  journal.record('live', 'live.login', { ...observed, result, challenge: shownChallenge, answer })
  return { ...authenticated, result }
}

/** A server that has a trouble of its own says nothing of how it refuses a token. */
function lookAtRefusal({ look }: LiveContext, mechanism: LiveMechanism, { completed, challenge }: Tried): void {
  const trouble = refusalIn(completed.said)
  if (trouble !== undefined) throw new LiveTrouble(trouble, completed.said)
  look(challengeLook(mechanism, completed, challenge))
}

const refused = ({ completed, challenge }: Tried): LiveTrouble =>
  new LiveTrouble(
    refusalIn(completed.said) ?? 'login-refused',
    `${completed.said}${challenge === null ? '' : `, after ${challenge}`}`,
  )
