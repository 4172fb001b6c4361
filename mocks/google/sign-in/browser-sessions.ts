import type { MockWorld } from '../../mock-world.ts'
import type { RegisteredAccount } from '../registration/accounts.ts'
import type { AuthorizationRequest } from './authorization-request.ts'

/** One browser, known by its cookie. The cookie's name is the mock's own. */
export interface BrowserSession {
  readonly cookie: string
  /** Who signed in here, in their order: an account's place is what redirects call `authuser`. */
  readonly accounts: RegisteredAccount[]
}

/** One authorization request on its way through the pages, with what the user said so far. */
export interface SignIn {
  /** What the pages' forms call it. */
  readonly part: string
  readonly session: BrowserSession
  readonly request: AuthorizationRequest
  account?: RegisteredAccount
  /** The user went on at the warning that the application is not verified. */
  warned: boolean
  /** The user agreed to share who they are. */
  identified: boolean
}

const cookieName = '__Host-session'
const cookieShape = {
  prefix: '',
  length: 43,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
}
/** Requests that wait for their user; of more the oldest is forgotten, so that nobody fills the memory by asking. */
const mostWaiting = 1000

/** The browsers that knocked at the sign-in pages, and the requests that wait for their users. */
export class BrowserSessions {
  readonly #world: MockWorld
  readonly #sessions = new Map<string, BrowserSession>()
  readonly #waiting = new Map<string, SignIn>()
  #count = 0

  constructor(world: MockWorld) {
    this.#world = world
  }

  /** The session of a request, or a new one. */
  of(request: Request): BrowserSession {
    const cookies = (request.headers.get('cookie') ?? '').split(/; */)
    const cookie = cookies.find((pair) => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1)
    return this.#sessions.get(cookie ?? '') ?? this.#begin()
  }

  begin(session: BrowserSession, request: AuthorizationRequest): SignIn {
    const signIn: SignIn = { part: `part-${++this.#count}`, session, request, warned: false, identified: false }
    this.#waiting.set(signIn.part, signIn)
    const [oldest] = this.#waiting.keys()
    if (this.#waiting.size > mostWaiting && oldest !== undefined) this.#waiting.delete(oldest)
    return signIn
  }

  /** The request that a form is about, if this browser is the one that was shown it. */
  waiting(request: Request, part: string | null): SignIn | undefined {
    const signIn = this.#waiting.get(part ?? '')
    return signIn !== undefined && signIn.session === this.of(request) ? signIn : undefined
  }

  /** The request has its answer, and no form can bring another. */
  end({ part }: SignIn): void {
    this.#waiting.delete(part)
  }

  setCookie(response: Response, session: BrowserSession): Response {
    response.headers.append('set-cookie', `${cookieName}=${session.cookie}; Path=/; Secure; HttpOnly; SameSite=Lax`)
    return response
  }

  #begin(): BrowserSession {
    const cookie = this.#world.secrets.mint('cookie', cookieShape)
    const session: BrowserSession = { cookie, accounts: [] }
    this.#sessions.set(cookie, session)
    return session
  }
}
