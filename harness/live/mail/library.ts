import { trusting } from '../../runtime/secure-line.ts'
import { referencePolicy } from '../../subjects/reference/policy.ts'
import type { LiveContext } from '../context.ts'
import { troubleOf } from '../lines/trouble-of.ts'
import { LiveTrouble } from '../trouble.ts'
import { refusalIn } from './dialogue.ts'
import type { Credentials } from './sasl.ts'

/** What speaks IMAP for the reference. */
export type Client = ReturnType<typeof referencePolicy.mailClient>

/** Milliseconds without an octet. */
const patience = 20_000

/**
 * The mail server as the reference reads it, over a connection of the run’s own lines; logged in, and out again.
 *
 * @throws LiveTrouble
 */
export async function withLibrary<T>(
  context: Pick<LiveContext, 'lines' | 'farSide' | 'signal'>,
  { account, accessToken }: Credentials,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const { lines, farSide, signal } = context
  const { host, port } = farSide.imap
  const { socket, authorities, release } = await lines.socket()
  const client = referencePolicy.mailClient({
    ...{ host, port, secure: true, logger: false, disableAutoIdle: true, disableCompression: true },
    tls: { socket, secureContext: trusting(authorities) },
    auth: { user: account, accessToken },
    clientInfo: { name: 'oauth-imap' },
    ...{ connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience },
  })
  // Whoever waits for a command is told of it; between two of them it may not end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    const result = await use(client)
    await client.logout()
    return result
  } catch (error) {
    throw named(error, { where: `${host}:${port}`, isInterrupted: signal.aborted, below: socket.errored })
  } finally {
    client.close()
    release()
  }
}

/** What imapflow says of an answer, and of the lack of one. */
interface LibraryError extends Error {
  readonly code?: string
  readonly authenticationFailed?: boolean
  readonly responseStatus?: string
  readonly responseText?: string
  readonly response?: unknown
  /** Of a BYE. */
  readonly reason?: unknown
}

const silences: readonly unknown[] = ['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'ETIMEOUT', 'UPGRADE_TIMEOUT']

function named(
  error: unknown,
  { where, isInterrupted, below }: { where: string; isInterrupted: boolean; below: Error | null },
): unknown {
  if (isInterrupted) return new LiveTrouble('interrupted', 'interrupted', { cause: error })
  if (error instanceof LiveTrouble) return error
  // What stands above says only that there is nothing below it any more.
  if (below !== null) return troubleOf(below, where)
  const { code, message, authenticationFailed = false, reason, responseStatus } = error as LibraryError
  const said = [wordsIn(error as LibraryError), reason].filter((words) => typeof words === 'string').join(' ')
  const telling = refusalIn(said)
  if (telling !== undefined) return new LiveTrouble(telling, said, { cause: error })
  if (authenticationFailed) return new LiveTrouble('login-refused', said, { cause: error })
  if (responseStatus !== undefined) return new LiveTrouble('not-understood', said, { cause: error })
  if (silences.includes(code)) return new LiveTrouble('timed-out', `${where}: ${message}`, { cause: error })
  if (code?.startsWith('ParserError') === true)
    return new LiveTrouble('not-understood', `${where}: ${message}`, { cause: error })
  if (code !== undefined) return troubleOf(error, where)
  // What the library has no code for is what it made of the server’s words; all else is a mistake of ours.
  return /[\\/]imapflow[\\/]/.test((error as Error).stack ?? '')
    ? new LiveTrouble('not-understood', `${where}: ${message}`, { cause: error })
    : error
}

const wordsIn = ({ response, responseText }: LibraryError): string | undefined =>
  typeof response === 'string' ? response : responseText
