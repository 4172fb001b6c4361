import type { Carrier } from '../../runtime/dial.ts'
import { readOctets } from '../../runtime/octet-reader.ts'
import { endLine, sendText } from '../../runtime/send-octets.ts'
import type { AskedVersion } from '../../model/live.ts'
import { agreesTo } from './agrees-to.ts'
import type { FarSide } from '../far-side.ts'
import { fetchOver } from './fetch-over.ts'
import { readImapLine } from './imap-line.ts'
import { addressOf, authorityOf } from './route.ts'
import { openWays } from './ways.ts'

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
   * HTTP over verified TLS, redirects not followed, bodies of at most a megabyte. An `http:` URL is asked on loopback alone,
   * and for an issuer of such an URL alone.
   *
   * @throws LiveTrouble
   */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>
  /** Verified TLS to the mail server. @throws LiveTrouble */
  imap(): Promise<Line>
  /**
   * For a library that speaks IMAP itself: a connection to the mail server on which TLS has not begun, what it shall trust,
   * and how to give the place back.
   *
   * @throws LiveTrouble
   */
  socket(): Promise<{ readonly socket: Carrier; readonly authorities: readonly string[]; release(): void }>
  /** Whether the server agrees to this version of TLS alone; null where this machine cannot ask. */
  asks(server: 'issuer' | 'imap', version: AskedVersion): Promise<boolean | null>
  /** Other lines to the same far side, for removing what was made where these have ended; their cost is told with that of these. */
  afterwards(options: LinesOptions): Lines
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

/**
 * @throws Fault `USAGE` for a proxy or an authority that cannot be read
 */
export function openLines(farSide: FarSide, options: LinesOptions): Lines {
  const { budget } = options
  const ways = openWays(farSide, options)
  const { imap, issuer } = farSide
  const later: Lines[] = []

  return {
    fetch: (url, init = {}) => fetchOver(ways, url, init, { ...budget, clear: issuer.startsWith('http:') }),
    async imap() {
      const where = authorityOf(imap)
      const line = await ways.secured('imap', imap)
      const octets = readOctets(line, budget.patience)
      return {
        version: line.getProtocol() ?? '',
        read: () =>
          ways.named(where, () =>
            readImapLine(octets, where).catch((error: unknown) => {
              // Where one line was not understood, no later one can be.
              line.destroy()
              throw error
            }),
          ),
        write: (text) => ways.named(where, () => sendText(line, text, budget.patience)),
        end: () => endLine(line),
      }
    },
    async socket() {
      const socket = await ways.reached('imap', imap)
      return { socket, authorities: ways.authorities, release: () => void socket.destroy() }
    },
    asks: (server, version) =>
      server === 'imap'
        ? agreesTo(version, ways, 'imap', imap, budget)
        : agreesTo(version, ways, 'http', addressOf(new URL(issuer)), budget),
    afterwards(others) {
      const lines = openLines(farSide, others)
      later.push(lines)
      return lines
    },
    spent: () => later.map((lines) => lines.spent()).reduce(together, ways.spent()),
    [Symbol.asyncDispose]: () => ways[Symbol.asyncDispose](),
  }
}

const together = (one: Spent, other: Spent): Spent => ({
  received: one.received + other.received,
  sent: one.sent + other.sent,
  connections: one.connections + other.connections,
  mostAtOnce: Math.max(one.mostAtOnce, other.mostAtOnce),
})
