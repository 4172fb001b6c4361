/** Step 8: from an access token to a mailbox, and reading it without changing it. */
import type { ImapFlow } from 'imapflow'
import { AccountProblem } from './account-problem.ts'
import type { ReferencePolicy } from './policy.ts'
import type { TokenLifecycle } from './token-lifecycle.ts'

export interface MailPorts {
  readonly policy: ReferencePolicy
  readonly tokens: TokenLifecycle
  /** What the client believes (`host`, `port`) and where its bytes go (`connect`). */
  readonly imap: {
    readonly host: string
    readonly port: number
    readonly connect: { readonly host: string; readonly port: number }
    readonly ca: string
  }
  readonly log: (event: string, account: string, detail?: unknown) => void
}

/** Logs in with OAUTHBEARER or XOAUTH2, whichever the server offers; a refused token is replaced once, never resent. */
export async function openSession(ports: MailPorts, account: string): Promise<ImapFlow> {
  const token = await ports.tokens.fresh(account)
  try {
    return await logIn(ports, account, token)
  } catch (error) {
    const meaning = meaningOf(ports.policy, error)
    ports.log('refused', account, error)
    if (meaning !== 'refresh') throw meaning
  }
  try {
    return await logIn(ports, account, await ports.tokens.after(account, token))
  } catch (error) {
    if (error instanceof AccountProblem) throw error
    const meaning = meaningOf(ports.policy, error)
    throw meaning === 'refresh'
      ? new AccountProblem('configuration', 'Gmail refuses tokens that Google has just issued')
      : meaning
  }
}

async function logIn({ policy, imap, log }: MailPorts, account: string, accessToken: string): Promise<ImapFlow> {
  const client = policy.mailClient({
    host: imap.host,
    port: imap.port,
    secure: true,
    servername: imap.host,
    tls: { ...imap.connect, ca: imap.ca },
    auth: { user: account, accessToken },
    clientInfo: { name: 'oauth-imap reference client' },
    logger: false,
    disableAutoIdle: true,
    // RFC 2177 §3: an IDLE is issued anew before 29 minutes are over.
    maxIdleTime: 28 * 60_000,
    // A connection that stays silent for longer than one IDLE is dead.
    socketTimeout: 29 * 60_000,
  })
  // Without a listener an error between two commands would end the process; the command that follows reports it.
  client.on('error', (error) => log('connection-error', account, error))
  await client.connect()
  log('logged-in', account)
  return client
}

/** Tells a refused token from everything else that keeps a session from opening. */
function meaningOf(policy: ReferencePolicy, error: unknown): 'refresh' | AccountProblem {
  const { authenticationFailed, serverResponseCode, response } = error as {
    authenticationFailed?: boolean
    serverResponseCode?: string
    response?: unknown
  }
  if (authenticationFailed !== true)
    return new AccountProblem('transient', 'Gmail could not be reached over IMAP', { cause: error })
  const text = typeof response === 'string' ? response : ''
  if (serverResponseCode === 'UNAVAILABLE') return new AccountProblem('transient', text)
  return policy.afterRefusal({ responseCode: serverResponseCode, text })
}

export interface Message {
  readonly uid: number
  readonly gmMessageId?: string
  readonly labels?: readonly string[]
  readonly source: Uint8Array<ArrayBuffer>
}

/** Reads messages of a folder with BODY.PEEK on a read-only mailbox: \Seen stays as it is. */
export async function readFolder(
  client: ImapFlow,
  folder: string,
  range: string,
  policy: ReferencePolicy,
): Promise<readonly Message[]> {
  const lock = await client.getMailboxLock(folder, { readOnly: !policy.marksRead })
  try {
    const messages: Message[] = []
    if (client.mailbox !== false && client.mailbox.exists === 0) return messages
    for await (const message of client.fetch(
      range,
      { uid: true, source: true, labels: true },
      {
        uid: true,
      },
    ))
      messages.push({
        uid: message.uid,
        ...(message.emailId === undefined ? {} : { gmMessageId: message.emailId }),
        ...(message.labels === undefined ? {} : { labels: [...message.labels].toSorted() }),
        source: new Uint8Array(message.source ?? []),
      })
    if (policy.marksRead) await client.messageFlagsAdd(range, ['\\Seen'], { uid: true })
    return messages
  } finally {
    lock.release()
  }
}

/**
 * Keeps a session in IDLE and opens it anew whenever Gmail ends it, until `stop` is called.
 *
 * @param settled told once the first IDLE can begin, or why it never will
 */
export async function watchFolder(
  ports: MailPorts,
  account: string,
  folder: string,
): Promise<{ stop(): Promise<void> }> {
  let client = await openSession(ports, account)
  let stopped = false

  const idle = async (): Promise<void> => {
    await client.mailboxOpen(folder, { readOnly: true })
    client.once('close', () => void resume())
    void client.idle().catch((error: unknown) => ports.log('idle-ended', account, error))
  }
  const resume = async (): Promise<void> => {
    if (stopped) return
    ports.log('session-ended', account)
    if (!ports.policy.resumesSession) return
    try {
      client = await openSession(ports, account)
      await idle()
    } catch (error) {
      ports.log('watch-ended', account, error)
    }
  }

  await idle()
  return {
    async stop() {
      stopped = true
      await client.logout()
    },
  }
}
