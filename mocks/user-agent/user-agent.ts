import type { CallbackVariant } from '../../harness/model/observation.ts'
import type { UserScript } from '../../harness/model/scenario.ts'
import { Masking } from '../doors/masking.ts'
import { withoutPorts } from '../google/sign-in/loopback.ts'
import type { Account, MockWorld } from '../mock-world.ts'
import { callbackUrl } from './callback-variants.ts'
import { type ConsentForm, fillIn, readScreen } from './consent-form.ts'
import { CookieJar } from './cookie-jar.ts'

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

/** More redirects than any sign-in has; a browser gives up too. */
const longestChain = 10

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

  /** Follows redirects to the page or callback that they end at. */
  async #navigate(first: Request): Promise<void> {
    let request = first
    for (let step = 0; step < longestChain; step++) {
      const response = await this.#fetch(request)
      const location = response.headers.get('location')
      if (response.status < 300 || response.status > 399 || location === null) return this.#look(request.url, response)
      this.#navigated(request.url, response.status, '')
      const next = URL.parse(location, request.url)
      if (next === null) return
      if (next.protocol === 'http:') return this.#deliver(next)
      request = new Request(next)
    }
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

  /** A page: with a form the user decides, without one the journey ends. */
  async #look(url: string, response: Response): Promise<void> {
    const { title, form } = readScreen(response.type === 'error' ? '' : await response.text(), url)
    this.#navigated(url, response.status, title)
    if (form !== null) await this.#decide(form)
  }

  async #decide(form: ConsentForm): Promise<void> {
    const { address } = this.#ports.account
    const { decision } = this.#script()
    if (decision === 'leave') return
    const filled = fillIn(form, address, decision)
    this.#world.journal.record('user-agent', 'ua.decision', {
      decision,
      account: address,
      scopes: filled.getAll('scope'),
    })
    // Set by hand, because runtimes spell the charset of their own header differently.
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    await this.#navigate(new Request(form.action, { method: form.method, body: String(filled), headers }))
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
    this.#world.journal.record('user-agent', 'ua.navigated', { url: this.#described(url), status, title })
  }

  /** Without its query, whose parameters are recorded apart. */
  #described(url: string): string {
    return withoutPorts(this.#world.secrets.mask(url.split(/[?#]/, 1)[0]!))
  }
}
