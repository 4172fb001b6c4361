import type { CallbackVariant } from '../../harness/model/observation.ts'
import type { UserScript } from '../../harness/model/scenario.ts'
import { Masking } from '../doors/masking.ts'
import { isMocked } from '../google/endpoints.ts'
import { withoutPorts } from '../google/sign-in/loopback.ts'
import type { Account, MockWorld } from '../mock-world.ts'
import { moveOn } from './behaviour.ts'
import { callbackUrl } from './callback-variants.ts'
import { CookieJar } from './cookie-jar.ts'
import { readScreen } from './screen.ts'

export interface UserAgentPorts {
  /** Reaches the mocked hosts; it does not follow redirects. */
  fetch(request: Request): Promise<Response>
  /** Sends a GET to the redirection endpoint; rejects when nobody listens there. */
  callback(url: URL): Promise<{ readonly status: number }>
  readonly account: Account
}

export interface UserAgent {
  /** Opens a URL as the system's browser would, and plays the user until the last callback is answered. */
  open(url: string): Promise<void>
  /** How the user behaves from now on; what is not named stays as it was. */
  script(script: Partial<UserScript>): void
}

/** More pages and redirects than any sign-in has; a browser gives up too. */
const longestJourney = 20

/** One user with a browser of their own: cookies last for the world's life. */
export function createUserAgent(world: MockWorld, ports: UserAgentPorts): UserAgent {
  let script: UserScript = {
    decision: 'allow',
    ticks: 'all',
    warning: 'continue',
    accessFor: null,
    callbacks: ['true'],
  }
  const browser = new Browser(world, ports, () => script)
  return {
    open: (url) => browser.open(url),
    script: (changes) => {
      script = { ...script, ...changes }
    },
  }
}

class Browser {
  readonly #world: MockWorld
  readonly #ports: UserAgentPorts
  readonly #script: () => UserScript
  readonly #cookies = new CookieJar()

  constructor(world: MockWorld, ports: UserAgentPorts, script: () => UserScript) {
    this.#world = world
    this.#ports = ports
    this.#script = script
  }

  async open(url: string): Promise<void> {
    const { journal, secrets } = this.#world
    const target = URL.parse(url)
    const parameters = new Masking(secrets).parameters(target?.searchParams ?? new URLSearchParams())
    journal.record('user-agent', 'ua.opened', { url: this.#described(url), parameters })
    if (target === null) return
    await this.#navigate(new Request(target))
  }

  /** From page to page and along redirects, to the callback, the page or the decision that they end at. */
  async #navigate(first: Request): Promise<void> {
    let request: Request | undefined = first
    for (let step = 0; step < longestJourney && request !== undefined; step++) {
      const response = await this.#fetch(request)
      const location = response.headers.get('location')
      const redirected = response.status >= 300 && response.status <= 399 && location !== null
      request = redirected
        ? await this.#follow(request.url, response, location)
        : await this.#look(request.url, response)
    }
  }

  /** Another page of Google, or the client. */
  async #follow(from: string, { status }: Response, location: string): Promise<Request | undefined> {
    this.#navigated(from, status, '')
    const next = URL.parse(location, from)
    if (next === null) return undefined
    if (isMocked(next.origin)) return new Request(next)
    await this.#deliver(next)
    return undefined
  }

  async #fetch(request: Request): Promise<Response> {
    const { origin } = new URL(request.url)
    const cookie = this.#cookies.header(origin)
    const headers = new Headers(request.headers)
    if (cookie !== null) headers.set('cookie', cookie)
    const response = await this.#ports.fetch(new Request(request, { headers }))
    this.#cookies.store(origin, response)
    return response
  }

  /** A page: the form as the user sends it, if there is one and the user goes on. */
  async #look(url: string, response: Response): Promise<Request | undefined> {
    const { title, form } = readScreen(response.type === 'error' ? '' : await response.text(), url)
    this.#navigated(url, response.status, title)
    if (form === null) return undefined
    const { address } = this.#ports.account
    const move = moveOn(form, this.#script(), address)
    if (move === undefined) return undefined
    const { entries, decision } = move
    if (decision !== null) this.#world.journal.record('user-agent', 'ua.decision', { account: address, ...decision })
    const body = String(new URLSearchParams(entries.map(({ name, value }): [string, string] => [name, value])))
    // Set by hand, because runtimes spell the charset of their own header differently.
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return new Request(form.action, { method: form.method, body, headers })
  }

  async #deliver(response: URL): Promise<void> {
    for (const variant of this.#script().callbacks) await this.#send(variant, response)
  }

  async #send(variant: CallbackVariant, response: URL): Promise<void> {
    const { journal, secrets } = this.#world
    const url = callbackUrl(response, variant, secrets)
    const parameters = new Masking(secrets).parameters(url.searchParams)
    const answer = await this.#ports.callback(url).catch(() => null)
    const status = answer?.status ?? null
    journal.record('user-agent', 'ua.callback.sent', { variant, to: this.#described(url.href), parameters, status })
  }

  #navigated(url: string, status: number, title: string): void {
    const shown = this.#world.secrets.mask(title)
    this.#world.journal.record('user-agent', 'ua.navigated', { url: this.#described(url), status, title: shown })
  }

  /** Without its query, whose parameters are recorded apart. */
  #described(url: string): string {
    return withoutPorts(this.#world.secrets.mask(url.split(/[?#]/, 1)[0]!))
  }
}
