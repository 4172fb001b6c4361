import type { ProjectSetup } from '../../../harness/model/google-setup.ts'
import { type Screen, readScreen } from '../../user-agent/screen.ts'
import { authorizationParameters } from '../flow.fixture.ts'
import { type OpenGoogle, alice, bob, desktop, openGoogle } from '../google.fixture.ts'
import type { AccountRegistration } from '../registration/accounts.ts'
import type { ClientRegistration } from '../registration/clients.ts'
import type { Switches } from '../switches.ts'

export const authorize = 'https://accounts.google.com/o/oauth2/v2/auth'
export const mail = 'https://mail.google.com/'
export const drive = 'https://www.googleapis.com/auth/drive.file'

/** A Google with one client, whose project is as told. */
export const googleWith = (
  project: Partial<ProjectSetup> = {},
  accounts: readonly AccountRegistration[] = [alice, bob],
  switches: Partial<Switches> = {},
  client: Partial<ClientRegistration> = {},
): OpenGoogle =>
  openGoogle(switches, {
    clients: [{ ...desktop, ...client, project: { ...desktop.project, ...project } }],
    accounts,
  })

export interface Visit {
  readonly status: number
  readonly headers: Headers
  /** Where it leads, or null. */
  readonly location: URL | null
  readonly html: string
  readonly screen: Screen
}

/** A browser that presses what it is told, page by page. */
export class PlainBrowser {
  readonly #google: OpenGoogle
  #cookie = ''
  #shown: Visit | undefined

  constructor(google: OpenGoogle) {
    this.#google = google
  }

  async open(changes: Readonly<Record<string, string | null>> = {}): Promise<Visit> {
    return this.visit(new Request(`${authorize}?${await authorizationParameters(changes)}`))
  }

  async visit(request: Request): Promise<Visit> {
    if (this.#cookie !== '') request.headers.set('cookie', this.#cookie)
    const response = await this.#google.respond(request, 'user-agent')
    const [cookie] = response.headers.getSetCookie()
    if (cookie !== undefined) this.#cookie = cookie.split(';')[0]!
    const html = await response.text()
    const { status, headers } = response
    const location = URL.parse(headers.get('location') ?? '')
    this.#shown = { status, headers, location, html, screen: readScreen(html, request.url) }
    return this.#shown
  }

  /** Presses the button whose text begins so, with ticks and choices named by their values. */
  press(label: string, ...values: readonly string[]): Promise<Visit> {
    const form = this.#shown?.screen.form
    const button = form?.buttons.find((candidate) => candidate.label.startsWith(label))
    if (form === undefined || form === null || button === undefined)
      throw new Error(`no button “${label}” on ${this.#shown?.html}`)
    const chosen = [...form.checkboxes, ...form.radios].filter(({ value }) => values.includes(value))
    return this.send(
      form.action,
      [...form.hidden, ...chosen, button].map(({ name, value }) => [name, value]),
    )
  }

  send(url: string, entries: readonly (readonly [string, string])[]): Promise<Visit> {
    const body = String(new URLSearchParams(entries.map(([name, value]): [string, string] => [name, value])))
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.visit(new Request(url, { method: 'POST', body, headers }))
  }

  /** Chooses an account, and agrees to everything that comes. */
  async signIn(changes: Readonly<Record<string, string | null>> = {}, name = alice.name): Promise<Visit> {
    let visit = await this.open(changes)
    for (let page = 0; page < 5 && visit.location === null; page++) {
      const { buttons = [], checkboxes = [] } = visit.screen.form ?? {}
      const next = buttons.find(({ label }) => [name, 'Continue', 'Go to '].some((start) => label.startsWith(start)))
      if (next === undefined) return visit
      visit = await this.press(next.label, ...checkboxes.map(({ value }) => value))
    }
    return visit
  }
}

/** The first heading of a page, as text. */
export const headingOf = ({ html }: Visit): string => /<h1>(.*?)<\/h1>/.exec(html)?.[1] ?? ''
