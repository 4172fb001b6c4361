import type { AccountSetup, ProjectSetup } from '../../../harness/model/google-setup.ts'
import type { UserScript } from '../../../harness/model/scenario.ts'
import { createUserAgent } from '../../user-agent/user-agent.ts'
import { authorizationParameters } from '../flow.fixture.ts'
import { type OpenGoogle, alice, bob, desktop, openGoogle } from '../google.fixture.ts'
import type { ClientRegistration } from '../registration/clients.ts'
import { decodeAuthError } from '../sign-in/auth-error.ts'
import type { Switches } from '../switches.ts'
import type { Probe, Seen } from './probe.fixture.ts'

/** What is changed in an otherwise good request; null leaves a parameter out, a list repeats it. */
export type Changes = Readonly<Record<string, string | null | readonly string[]>>

/** What is unusual about the world, the browser and the user. */
export interface Circumstances {
  readonly client?: Partial<ClientRegistration>
  readonly project?: Partial<ProjectSetup>
  readonly account?: Partial<AccountSetup>
  readonly switches?: Partial<Switches>
  readonly userAgent?: string
  readonly user?: Partial<UserScript>
  /** What happens between the opening of the world and the request. */
  readonly before?: (google: OpenGoogle, browse: (changes?: Changes) => Promise<void>) => unknown
}

/** The usual world, unless something about it is unusual. */
function worldOf({ client, project, account, switches }: Circumstances, usual: OpenGoogle): OpenGoogle {
  if ([client, project, account, switches].every((change) => change === undefined)) return usual
  const registration = { ...desktop, ...client, project: { ...desktop.project, ...project } }
  return openGoogle(switches, { clients: [registration], accounts: [{ ...alice, ...account }, bob] })
}

/** Plays the browser until the journey ends, and tells what stands there. */
async function seen(google: OpenGoogle, changes: Changes, circumstances: Circumstances): Promise<Seen> {
  const { client_id: clientId } = { ...desktop, ...circumstances.client }
  const { userAgent = '', user = {}, before } = circumstances
  const ends: URL[] = []
  const browser = createUserAgent(google.world, {
    account: alice,
    fetch: async (request) => {
      if (userAgent !== '') request.headers.set('user-agent', userAgent)
      const response = await google.respond(request, 'user-agent')
      const location = URL.parse(response.headers.get('location') ?? '')
      if (location !== null) ends.push(location)
      return response
    },
    callback: async () => ({ status: 200 }),
  })
  const browse = async (asked: Changes = {}): Promise<void> => {
    const url = `https://accounts.google.com/o/oauth2/v2/auth?${await query({ client_id: clientId, ...asked })}`
    await browser.open(url)
  }
  await before?.(google, browse)
  browser.script(user)
  ends.length = 0
  await browse(changes)
  return lookAt(google, ends.at(-1))
}

async function query(changes: Changes): Promise<URLSearchParams> {
  const single = Object.entries(changes).filter((entry): entry is [string, string | null] => !Array.isArray(entry[1]))
  const parameters = await authorizationParameters(Object.fromEntries(single))
  for (const [name, values] of Object.entries(changes)) {
    if (typeof values !== 'object' || values === null) continue
    parameters.delete(name)
    for (const value of values) parameters.append(name, value)
  }
  return parameters
}

/** The last redirect: to Google's error page, or to the client. */
function lookAt(google: OpenGoogle, end: URL | undefined): Seen {
  const last = google.seen('ua.navigated').at(-1)!.fields
  if (end === undefined) return { status: last.status }
  const error = decodeAuthError(end.searchParams.get('authError') ?? '')
  if (error === undefined)
    return {
      status: 302,
      error: end.searchParams.get('error') ?? 'none',
      state: end.searchParams.get('state'),
      iss: end.searchParams.get('iss'),
    }
  const { number, code, message, developer, details } = error
  return {
    status: last.status,
    number,
    error: code,
    description: developer?.message || message,
    details: details.map(([name, value]) => `${name}=${value}`),
  }
}

/** An authorization request that ends on one of Google's error pages, or goes back to the client with an error. */
export const probe = (
  name: string,
  source: Probe['source'],
  changes: Changes,
  answer: Seen,
  circumstances: Circumstances = {},
): Probe => ({
  name,
  source,
  ask: (usual) => seen(worldOf(circumstances, usual), changes, circumstances),
  answer,
})

/** What stands on a page: number, error and the words for the developer, else for the user. */
export const says = (number: number, error: string, description: string, details: readonly string[] = []): Seen => ({
  status: 400,
  number,
  error,
  description,
  details,
})
