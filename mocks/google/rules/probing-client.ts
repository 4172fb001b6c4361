import type { ClientCredentials } from '../../../harness/model/world.ts'
import type { Account, MockWorld } from '../../mock-world.ts'
import { createUserAgent } from '../../user-agent/user-agent.ts'
import { addresses } from '../endpoints.ts'
import { base64url, sha256 } from '../grants/pkce.ts'

/** What differs from an honest request; null leaves a parameter out. */
export type Change = Readonly<Record<string, string | null>>

const verifierShape = {
  prefix: '',
  length: 43,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~',
}
const formType = { 'content-type': 'application/x-www-form-urlencoded' }

/** A client that signs in honestly but for the changes that it is told; one for each authorization code. */
export class ProbingClient {
  readonly #world: MockWorld
  readonly #account: Account
  readonly #client: ClientCredentials
  readonly #respond: (request: Request) => Promise<Response>
  readonly #verifier: string

  constructor(
    world: MockWorld,
    account: Account,
    client: ClientCredentials,
    respond: (request: Request) => Promise<Response>,
  ) {
    this.#world = world
    this.#account = account
    this.#client = client
    this.#respond = respond
    this.#verifier = this.freshVerifier()
  }

  freshVerifier(): string {
    return this.#world.secrets.mint('code-verifier', verifierShape)
  }

  /** The code that arrives at the redirection endpoint, or null. */
  async authorize(change: Change = {}): Promise<string | null> {
    const parameters = changed(
      {
        response_type: 'code',
        client_id: this.#client.client_id,
        redirect_uri: this.#client.redirect_uris[0]!,
        scope: 'https://mail.google.com/',
        code_challenge: base64url(sha256(this.#verifier)),
        code_challenge_method: 'S256',
      },
      change,
    )
    let arrived: string | null = null
    const userAgent = createUserAgent(this.#world, {
      account: this.#account,
      fetch: this.#respond,
      callback: async (url) => {
        arrived = url.searchParams.get('code')
        return { status: 200 }
      },
    })
    await userAgent.open(`${addresses['authorization-endpoint'][0]}?${parameters}`)
    return arrived
  }

  exchange(code: string, change: Change = {}): Promise<Response> {
    const form = changed(
      {
        grant_type: 'authorization_code',
        code,
        redirect_uri: this.#client.redirect_uris[0]!,
        code_verifier: this.#verifier,
        client_id: this.#client.client_id,
        client_secret: this.#client.client_secret,
      },
      change,
    )
    const [url] = addresses['token-endpoint']
    return this.#respond(new Request(url, { method: 'POST', headers: formType, body: String(form) }))
  }
}

const changed = (honest: Readonly<Record<string, string>>, change: Change): URLSearchParams =>
  new URLSearchParams(
    Object.entries({ ...honest, ...change }).filter((entry): entry is [string, string] => entry[1] !== null),
  )
