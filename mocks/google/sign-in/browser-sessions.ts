import type { MockWorld } from '../../mock-world.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import type { AuthorizationRequest } from './authorization-request.ts'

/** One browser, known by its cookie. The cookie's name is the mock's own. */
export interface BrowserSession {
  readonly cookie: string
  /** Who is signed in. */
  account?: RegisteredAccount
}

const cookieName = '__Host-session'
const cookieShape = {
  prefix: '',
  length: 43,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
}

/** The browsers that knocked at the sign-in pages, and the consent forms that each was shown. */
export class BrowserSessions {
  readonly #world: MockWorld
  readonly #sessions = new Map<string, BrowserSession>()
  readonly #forms: { readonly session: BrowserSession; readonly request: AuthorizationRequest }[] = []

  constructor(world: MockWorld) {
    this.#world = world
  }

  /** The session of a request, or a new one. */
  of(request: Request): BrowserSession {
    const cookies = (request.headers.get('cookie') ?? '').split(/; */)
    const cookie = cookies.find((pair) => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1)
    return this.#sessions.get(cookie ?? '') ?? this.#begin()
  }

  setCookie(response: Response, session: BrowserSession): Response {
    response.headers.append('set-cookie', `${cookieName}=${session.cookie}; Path=/; Secure; HttpOnly; SameSite=Lax`)
    return response
  }

  /** Remembers what a consent form is about and returns the form's name. */
  showForm(session: BrowserSession, request: AuthorizationRequest): string {
    return `form-${this.#forms.push({ session, request })}`
  }

  /** What a form is about, if this browser was shown it. */
  formOf(session: BrowserSession, name: string | null): AuthorizationRequest | undefined {
    const form = this.#forms[Number(/^form-(\d+)$/.exec(name ?? '')?.[1] ?? 0) - 1]
    return form?.session === session ? form.request : undefined
  }

  #begin(): BrowserSession {
    const cookie = this.#world.secrets.mint('cookie', cookieShape)
    const session: BrowserSession = { cookie }
    this.#sessions.set(cookie, session)
    return session
  }
}
