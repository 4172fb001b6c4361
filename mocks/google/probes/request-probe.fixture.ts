import type { ProjectSetup } from '../../../harness/model/google-setup.ts'
import { authorizationParameters, consent, exchangeForm, refreshForm, signIn, tokenUrl } from '../flow.fixture.ts'
import { type OpenGoogle, alice, bob, desktop, openGoogle, web } from '../google.fixture.ts'
import type { ClientRegistration } from '../registration/clients.ts'
import type { Switches } from '../switches.ts'
import type { Probe, Seen } from './probe.fixture.ts'

/** What is changed in an otherwise good form; null leaves a parameter out, a list repeats it. */
export type Changes = Readonly<Record<string, string | null | readonly string[]>>
export type Headers = Readonly<Record<string, string>>

/** What is unusual about the world, and what happens in it before the question. */
export interface Circumstances {
  readonly client?: Partial<ClientRegistration>
  readonly project?: Partial<ProjectSetup>
  readonly switches?: Partial<Switches>
  /** Changes of the authorization request. */
  readonly authorization?: Readonly<Record<string, string | null>>
  readonly headers?: Headers
  /** Stands behind the address. */
  readonly query?: string
  readonly before?: (google: OpenGoogle, ask: () => Promise<Seen>) => unknown
}

export const formType = { 'content-type': 'application/x-www-form-urlencoded' }
export const says = (status: number, error: string, description: string): Seen => ({ status, error, description })

/** Asks at an address and tells what came back: OAuth's members, or those of the error envelope of Google's APIs. */
export async function ask({ respond }: OpenGoogle, address: string, init: RequestInit = {}): Promise<Seen> {
  const response = await respond(new Request(address, init), 'subject')
  const text = await response.text()
  const contentType = response.headers.get('content-type') ?? ''
  if (!contentType.startsWith('application/json')) return { status: response.status, contentType }
  const { error, error_code, error_description, error_subtype } = JSON.parse(text)
  const envelope: Readonly<Record<string, string>> = typeof error === 'object' ? error : {}
  return {
    status: response.status,
    error: envelope['status'] ?? error ?? error_code ?? '',
    description: envelope['message'] ?? error_description ?? '',
    ...(error_subtype === undefined ? {} : { subtype: error_subtype }),
    contentType,
  }
}

export const post = (google: OpenGoogle, address: string, form: Changes, headers: Headers = {}): Promise<Seen> =>
  ask(google, address, { method: 'POST', headers: { ...formType, ...headers }, body: String(formWith({}, form)) })

export function formWith(usual: Readonly<Record<string, string>>, changes: Changes): URLSearchParams {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...usual, ...changes }))
    for (const one of value === null ? [] : [value].flat()) form.append(name, one)
  return form
}

/** The usual world, unless something about it is unusual; the unusual client stands in the place of the Desktop one. */
export function worldOf({ client, project, switches }: Circumstances, usual: OpenGoogle): OpenGoogle {
  if ([client, project, switches].every((change) => change === undefined)) return usual
  const registration = { ...desktop, ...client, project: { ...desktop.project, ...project } }
  return openGoogle(switches, { clients: [registration, web], accounts: [alice, bob] })
}

const clientOf = ({ client }: Circumstances): ClientRegistration => ({ ...desktop, ...client })

/** An exchange that is good but for what is changed. */
export const exchange = (
  name: string,
  source: Probe['source'],
  changes: Changes,
  answer: Seen,
  circumstances: Circumstances = {},
): Probe => ({
  name,
  source,
  answer,
  async ask(usual) {
    const google = worldOf(circumstances, usual)
    const { client_id, client_secret } = clientOf(circumstances)
    const parameters = await authorizationParameters({ client_id, ...circumstances.authorization })
    const code = (await consent(google, parameters))?.searchParams.get('code') ?? ''
    const form = formWith({ ...exchangeForm(code), client_id, client_secret }, changes)
    return asked(google, form, circumstances)
  },
})

/** A refresh that is good but for what is changed. */
export const refresh = (
  name: string,
  source: Probe['source'],
  changes: Changes,
  answer: Seen,
  circumstances: Circumstances = {},
): Probe => ({
  name,
  source,
  answer,
  async ask(usual) {
    const google = worldOf(circumstances, usual)
    const { refreshToken } = await signIn(google, circumstances.authorization)
    return asked(google, formWith(refreshForm(refreshToken), changes), circumstances)
  },
})

async function asked(
  google: OpenGoogle,
  form: URLSearchParams,
  { headers = {}, query = '', before }: Circumstances,
): Promise<Seen> {
  const send = () =>
    ask(google, tokenUrl + query, { method: 'POST', headers: { ...formType, ...headers }, body: String(form) })
  await before?.(google, send)
  return send()
}

export const basic = (credentials: string): Headers => ({ authorization: `Basic ${btoa(credentials)}` })
