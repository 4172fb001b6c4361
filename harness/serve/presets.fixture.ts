import { once } from 'node:events'
import { connect } from 'node:tls'
import { mockedHosts } from '../../mocks/google/endpoints.ts'
import { challengeFor, redirectUri, verifier } from '../../mocks/google/flow.fixture.ts'
import type { Pki } from '../../mocks/doors/pki.ts'
import { createRandom } from '../random.ts'
import { tlsFetch } from '../runtime/tls-fetch.ts'
import { presetFile } from './presets.ts'
import { type OpenServed, openServed } from './served.ts'
import { type WorldSetup, readSetup } from './world-setup.ts'

export const mailScope = 'https://mail.google.com/'
const alice = 'alice@example.com'

type Changes = Readonly<Record<string, string | null>>

interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
  readonly scope: string
}

/** A preset that is served, and an application at it that writes a log. */
export interface AtPreset extends AsyncDisposable {
  readonly served: OpenServed
  readonly setup: WorldSetup
  /** What the application's log holds: answers and pages as they came. */
  readonly log: readonly string[]
  /** A browser at the authorization URL; the code, or undefined when a page stopped it. */
  authorize(changes?: Changes, account?: string): Promise<string | undefined>
  /** The answer of the token endpoint. */
  token(parameters: Changes): Promise<Tokens>
  exchange(code: string | undefined, changes?: Changes): Promise<Tokens>
  signIn(changes?: Changes, account?: string): Promise<Tokens>
  refresh(tokens: Tokens, changes?: Changes): Promise<Tokens>
  /** One login, told line by line; the session stays open until it is ended. */
  login(
    by: { readonly token: string } | { readonly password: string },
    user?: string,
  ): Promise<{ ended(): Promise<unknown> }>
  /** Lets seconds pass. */
  pass(seconds: number): void
}

const present = (parameters: Changes): URLSearchParams =>
  new URLSearchParams(Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null))

export async function openPreset(name: string, pki: Pki): Promise<AtPreset> {
  const setup = await readSetup(await presetFile(name), createRandom(1), Date.now())
  const served = await openServed({ setup, seed: 7, pki, at: { google: {}, imap: {}, proxy: {} } })
  const { fetch } = tlsFetch({
    hosts: Object.fromEntries(mockedHosts.map((host) => [host, served.ports.google])),
    ca: pki.ca,
  })
  const [client] = setup.clients
  const log: string[] = []
  const open = new AsyncDisposableStack()
  open.use(served)
  const at: AtPreset = {
    served,
    setup,
    log,
    async authorize(changes = {}, account = alice) {
      const parameters = present({
        response_type: 'code',
        client_id: client!.client_id,
        redirect_uri: redirectUri,
        scope: `openid email ${mailScope}`,
        access_type: 'offline',
        code_challenge: challengeFor(verifier),
        code_challenge_method: 'S256',
        ...changes,
      })
      const url = `https://accounts.google.com/o/oauth2/v2/auth?${parameters}`
      const end = await served.world.consent({ url, account, decision: 'grant' })
      if (end.end === 'page') {
        log.push(end.title, ...end.lines)
        return undefined
      }
      return new URL(end.location).searchParams.get('code') ?? undefined
    },
    async token(parameters) {
      const body = present({ client_id: client!.client_id, client_secret: client!.client_secret, ...parameters })
      const answer = await fetch('https://oauth2.googleapis.com/token', { method: 'POST', body })
      const text = await answer.text()
      if (!answer.ok) log.push(text)
      return JSON.parse(text) as Tokens
    },
    exchange: (code, changes = {}) =>
      at.token({
        grant_type: 'authorization_code',
        code: code ?? '',
        redirect_uri: redirectUri,
        code_verifier: verifier,
        ...changes,
      }),
    signIn: async (changes, account) => at.exchange(await at.authorize(changes, account)),
    refresh: ({ refresh_token }, changes = {}) => at.token({ grant_type: 'refresh_token', refresh_token, ...changes }),
    async login(by, user = alice) {
      const socket = connect({ host: '127.0.0.1', port: served.ports.imap, ca: pki.ca, servername: 'imap.gmail.com' })
      open.defer(() => void socket.destroy())
      let text = ''
      socket.on('error', () => {}).setEncoding('utf8')
      const lines = (pattern: RegExp): Promise<void> =>
        new Promise((resolve) => {
          const look = (): void => {
            if (pattern.test(text) || socket.destroyed) resolve()
          }
          socket.on('data', look).once('close', () => resolve())
          look()
        })
      socket.on('data', (chunk: string) => {
        text += chunk
        log.push(...chunk.split('\r\n').filter((line) => line !== ''))
      })
      const message = 'token' in by ? btoa(`user=${user}\x01auth=Bearer ${by.token}\x01\x01`) : ''
      const command = 'token' in by ? `AUTHENTICATE XOAUTH2 ${message}` : `LOGIN ${user} ${by.password}`
      await lines(/^\* OK .*\r\n/)
      socket.write(`A1 ${command}\r\n`)
      await lines(/^(?:A1 |\+ |\* BYE).*\r\n/m)
      if (/^\+ /m.test(text)) socket.write('\r\n')
      await lines(/^(?:A1 |\* BYE).*\r\n/m)
      return { ended: () => (socket.destroyed ? Promise.resolve() : once(socket, 'close')) }
    },
    pass: (seconds) => served.world.clock.advance(seconds * 1000),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
  return at
}
