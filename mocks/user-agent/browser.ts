import type { UserScript } from '../../harness/model/scenario.ts'
import { Masking } from '../doors/masking.ts'
import { isMocked } from '../google/endpoints.ts'
import { withoutPorts } from '../google/sign-in/loopback.ts'
import type { Account, MockWorld } from '../mock-world.ts'
import { moveOn } from './behaviour.ts'
import { CookieJar } from './cookie-jar.ts'
import { type Screen, readScreen } from './screen.ts'

/** Who sits before the browser, and how they behave. */
export interface Person {
  readonly account: Account
  readonly script: UserScript
}

/** A page that a journey ended at; nothing of it holds a secret. */
export interface LastPage {
  /** 0: no page came, or the journey had no end. */
  readonly status: number
  readonly title: string
  /** What stands on it, from above. */
  readonly lines: readonly string[]
}

/** Where a journey over Google's pages ended. */
export type JourneyEnd =
  /** At a redirect to the client, as the `Location` field has it; nobody went there. */
  { readonly end: 'redirected'; readonly location: string } | ({ readonly end: 'page' } & LastPage)

/** More pages and redirects than any sign-in has; a browser gives up too. */
const longestJourney = 20

const nowhere: JourneyEnd = { end: 'page', status: 0, title: '', lines: [] }

/** A browser whose cookies last as long as it does. It leaves Google's hosts for no other. */
export class Browser {
  readonly #world: MockWorld
  readonly #fetch: (request: Request) => Promise<Response>
  readonly #cookies = new CookieJar()

  /** @param fetch reaches the mocked hosts, and follows no redirect */
  constructor(world: MockWorld, fetch: (request: Request) => Promise<Response>) {
    this.#world = world
    this.#fetch = fetch
  }

  /** From page to page and along redirects, to the client, or to the page or the decision that they end at. */
  async open(url: string, person: Person): Promise<JourneyEnd> {
    const { journal, secrets } = this.#world
    const target = URL.parse(url)
    const parameters = new Masking(secrets).parameters(target?.searchParams ?? new URLSearchParams())
    journal.record('user-agent', 'ua.opened', { url: described(url, this.#world), parameters })
    let next: Request | JourneyEnd = target === null ? nowhere : new Request(target)
    for (let step = 0; step < longestJourney && next instanceof Request; step++) next = await this.#go(next, person)
    return next instanceof Request ? nowhere : next
  }

  async #go(request: Request, person: Person): Promise<Request | JourneyEnd> {
    const response = await this.#ask(request)
    const location = response.headers.get('location')
    const redirected = response.status >= 300 && response.status <= 399 && location !== null
    return redirected ? this.#follow(request.url, response.status, location) : this.#look(request.url, response, person)
  }

  async #ask(request: Request): Promise<Response> {
    const { origin } = new URL(request.url)
    const cookie = this.#cookies.header(origin)
    const headers = new Headers(request.headers)
    if (cookie !== null) headers.set('cookie', cookie)
    const response = await this.#fetch(new Request(request, { headers }))
    this.#cookies.store(origin, response)
    return response
  }

  /** Another page of Google, or the client. */
  #follow(from: string, status: number, location: string): Request | JourneyEnd {
    const seen = this.#navigated(from, status, { title: '', lines: [] })
    const next = URL.parse(location, from)
    if (next === null) return seen
    return isMocked(next.origin) ? new Request(next) : { end: 'redirected', location }
  }

  /** A page: the form as the user sends it, if there is one and the user goes on. */
  async #look(url: string, response: Response, { account, script }: Person): Promise<Request | JourneyEnd> {
    const screen = readScreen(response.type === 'error' ? '' : await response.text(), url)
    const { form } = screen
    const seen = this.#navigated(url, response.status, screen)
    const move = form === null ? undefined : moveOn(form, script, account.address)
    if (form === null || move === undefined) return seen
    const { entries, decision } = move
    if (decision !== null)
      this.#world.journal.record('user-agent', 'ua.decision', { account: account.address, ...decision })
    const body = String(new URLSearchParams(entries.map(({ name, value }): [string, string] => [name, value])))
    // Set by hand, because runtimes spell the charset of their own header differently.
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return new Request(form.action, { method: form.method, body, headers })
  }

  #navigated(url: string, status: number, { title, lines }: Pick<Screen, 'title' | 'lines'>): JourneyEnd {
    const { secrets } = this.#world
    const shown = secrets.mask(title)
    this.#world.journal.record('user-agent', 'ua.navigated', { url: described(url, this.#world), status, title: shown })
    return { end: 'page', status, title: shown, lines: lines.map((line) => secrets.mask(line)) }
  }
}

/** An address without its query, whose parameters are recorded apart. */
export const described = (url: string, { secrets }: Pick<MockWorld, 'secrets'>): string =>
  withoutPorts(secrets.mask(url.split(/[?#]/, 1)[0]!))
