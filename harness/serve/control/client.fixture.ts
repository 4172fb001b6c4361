import { connect } from 'node:net'
import { received } from '../../../mocks/doors/raw-connection.fixture.ts'
import { exchangeForm, refreshForm } from '../../../mocks/google/flow.fixture.ts'
import { desktop } from '../../../mocks/google/google.fixture.ts'
import { type Control, listenControl } from './control.ts'
import { type TestServed, alice, openTestServed } from './control.fixture.ts'

export const token = 'control-token-Zq7tRk2wXv9LmB4nHs8PdYc3'
export const account = alice.address
export const authorize =
  'https://accounts.google.com/o/oauth2/v2/auth?response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2F' +
  `&scope=openid%20https%3A%2F%2Fmail.google.com%2F&state=hQ2vN8sKx4TbW7mZp9RcLd3F&client_id=${desktop.client_id}`
const tokenUrl = 'https://oauth2.googleapis.com/token'

export interface Told {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Empty where it is not JSON. */
  readonly body: Readonly<Record<string, unknown>>
}

/** A client of a control interface, and the world behind it. */
export class Client implements AsyncDisposable {
  readonly served: TestServed
  readonly control: Control

  constructor(served: TestServed, control: Control) {
    this.served = served
    this.control = control
  }

  /** Texts are sent as they are, anything else as JSON. */
  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Told> {
    const content = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    const response = await fetch(this.control.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...type, ...headers },
      ...content,
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.endsWith('json') === true && text !== ''
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} }
  }

  post(path: string, body: unknown = {}): Promise<Told> {
    return this.ask('POST', path, body)
  }

  /** Sends octets as they are and waits for the end of the connection. */
  raw(octets: string): ReturnType<typeof received> {
    const socket = connect(this.control.port, '127.0.0.1')
    socket.write(octets, 'latin1')
    return received(socket)
  }

  /** The beginning of a request that may come in. */
  head(line: string): string {
    return `${line} HTTP/1.1\r\nHost: 127.0.0.1:${this.control.port}\r\nAuthorization: Bearer ${token}\r\n`
  }

  /** Signs in by hand: consent, exchange. */
  async signIn() {
    const { body } = await this.post('/consent', { url: authorize, account, decision: 'grant' })
    const code = new URL(String(body['location'])).searchParams.get('code') ?? ''
    const { code_verifier: _, ...form } = exchangeForm(code, { redirect_uri: 'http://127.0.0.1:8080/' })
    const tokens = (await this.#google(form)) as Readonly<Record<string, string>>
    return { code, accessToken: tokens['access_token']!, refreshToken: tokens['refresh_token']! }
  }

  /** What Google says to a refresh: `granted`, or its error. */
  async refresh(refreshToken: string): Promise<unknown> {
    return (await this.#google(refreshForm(refreshToken)))['error'] ?? 'granted'
  }

  async #google(form: Readonly<Record<string, string>>): Promise<Readonly<Record<string, unknown>>> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const request = new Request(tokenUrl, { method: 'POST', body: String(new URLSearchParams(form)), headers })
    return (await (await this.served.inner.ask(request)).json()) as Readonly<Record<string, unknown>>
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.control[Symbol.asyncDispose]()
  }
}

export async function openClient(): Promise<Client> {
  const served = openTestServed()
  return new Client(served, await listenControl(served, { token, silence: 400 }))
}

/** Behind the fields of the last request. */
export const last = 'Connection: close\r\n\r\n'
