import {
  authorizationParameters,
  exchangeForm,
  post,
  redirectUri,
  refreshForm,
  tokenUrl,
  userAgentFor,
} from './flow.fixture.ts'
import { type OpenGoogle, alice, bob, desktop, openGoogle, web } from './google.fixture.ts'
import type { AccountSetup, ProjectSetup } from '../../harness/model/google-setup.ts'
import type { ClientRegistration } from './registration/clients.ts'
import { createProject } from './registration/projects.ts'
import type { Switches } from './switches.ts'

export const hour = 60 * 60 * 1000
export const day = 24 * hour
export const mail = 'https://mail.google.com/'
export const cloud = 'https://www.googleapis.com/auth/cloud-platform'

/** A second project's client beside the two of the first. */
export const stranger: ClientRegistration = {
  ...desktop,
  client_id: '999999999999-strangerstrangerstrangerstranger.apps.googleusercontent.com',
  project: createProject('999999999999', { name: 'Another Application' }),
}

export interface WorldSetup {
  readonly project?: Partial<ProjectSetup>
  readonly account?: Partial<AccountSetup>
  readonly switches?: Partial<Switches>
}

/** A Google with a Desktop and a Web client of one project, and a Desktop client of another. */
export function openLife({ project = {}, account = {}, switches = {} }: WorldSetup = {}): OpenGoogle {
  const own = createProject('123456789012', { testUsers: [alice.address], ...project })
  const clients = [{ ...desktop, project: own }, { ...web, project: own }, stranger]
  return openGoogle(switches, { clients, accounts: [{ ...alice, ...account }, bob] })
}

interface Login {
  readonly client?: ClientRegistration
  readonly browser?: ReturnType<typeof userAgentFor>
  /** Changes to the authorization request. */
  readonly changes?: Readonly<Record<string, string | null>>
}

const redirectOf = ({ kind, redirect_uris }: ClientRegistration): string =>
  kind === 'web' ? redirect_uris.at(-1)! : redirectUri

/** Signs in with any client, and returns what the redirect and the token endpoint said. */
export async function login(
  google: OpenGoogle,
  { client = desktop, browser = userAgentFor(google), changes = {} }: Login = {},
) {
  browser.arrived.length = 0
  const identity = { client_id: client.client_id, redirect_uri: redirectOf(client) }
  const parameters = await authorizationParameters({ ...identity, scope: mail, ...changes })
  await browser.open(`https://accounts.google.com/o/oauth2/v2/auth?${parameters}`)
  const arrived = browser.arrived[0]?.searchParams
  const form = exchangeForm(arrived?.get('code') ?? '', { ...identity, client_secret: client.client_secret })
  const { body } = await post(google, tokenUrl, form)
  return {
    form,
    /** `consent` when the user was asked, `none` when not. */
    prompt: arrived?.get('prompt'),
    scope: body['scope'],
    body,
    accessToken: String(body['access_token']),
    refreshToken: String(body['refresh_token']),
  }
}

/** What a refresh says: `granted`, or its status, error and description. */
export async function refreshed(google: OpenGoogle, token: string, client = desktop): Promise<string> {
  const { status, body } = await post(google, tokenUrl, refreshForm(token, client))
  if (status === 200) return 'granted'
  return [status, body['error'], body['error_description'], body['error_subtype']].filter(Boolean).join(' ')
}

/** Lets simulated time pass. */
export const pass = ({ clock }: OpenGoogle, milliseconds: number): void => clock.set(clock.now() + milliseconds)

export const revoke = (google: OpenGoogle, token: string) =>
  post(google, 'https://oauth2.googleapis.com/revoke', { token })
