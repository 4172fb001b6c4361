import type { RawSocket } from '../runtime/dial.ts'
import type { AskedVersion } from '../model/live.ts'
import type { FarSide } from './far-side.ts'

/** One TLS connection to the mail server, by lines. Each character stands for one octet (ISO 8859-1). */
export interface Line {
  /** Of TLS, such as `TLSv1.3`. */
  readonly version: string
  /**
   * The next line without its end; a literal in it stands where it was announced, its octets behind the announcement.
   *
   * @throws LiveTrouble `cut-off`, `timed-out`, `not-imap` for what is no line, `too-much`
   */
  read(): Promise<string>
  /** @param text with its line end */
  write(text: string): Promise<void>
  end(): Promise<void>
}

export interface Spent {
  /** Octets on the wire, TLS included. */
  readonly received: number
  readonly sent: number
  readonly connections: number
  readonly mostAtOnce: number
}

/** What a run may cost. */
export interface Budget {
  /** Octets received, in all. */
  readonly mostBytes: number
  /** Connections that may stand at one time; who wants one more waits. */
  readonly mostConnections: number
  /** So many connections may begin at once; after that one each `pause` milliseconds. */
  readonly burst: number
  readonly pause: number
  /** Milliseconds that one answer may take. */
  readonly patience: number
}

/** Every way out of this machine that a live run has: all octets are counted here, and whatever goes wrong is named here. */
export interface Lines extends AsyncDisposable {
  /**
   * HTTP over verified TLS, redirects not followed, bodies of at most a megabyte. An `http:` URL is allowed on loopback alone.
   *
   * @throws LiveTrouble
   */
  fetch(url: string, init?: RequestInit): Promise<Response>
  /** Verified TLS to the mail server. @throws LiveTrouble */
  imap(): Promise<Line>
  /**
   * For a library that speaks IMAP itself: a connection to the mail server on which TLS has not begun, what it shall trust,
   * and how to give the place back.
   *
   * @throws LiveTrouble
   */
  socket(): Promise<{ readonly socket: RawSocket; readonly authorities: readonly string[]; release(): void }>
  /** Whether the server agrees to this version of TLS alone; null where this machine cannot ask. */
  asks(server: 'issuer' | 'imap', version: AskedVersion): Promise<boolean | null>
  spent(): Spent
}

export interface LinesOptions {
  readonly budget: Budget
  /** Aborted: everything ends at once, and whoever waits is told `interrupted`. */
  readonly signal: AbortSignal
}

export const usualBudget: Budget = {
  mostBytes: 4 * 1024 * 1024,
  mostConnections: 3,
  burst: 24,
  pause: 250,
  patience: 20_000,
}

export function openLines(_: FarSide, __: LinesOptions): Lines {
  throw new Error('not written yet')
}
