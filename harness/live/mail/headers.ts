import type { SeenMail } from '../../model/live.ts'
import type { LiveContext } from '../context.ts'
import { type Client, withLibrary } from './library.ts'
import { specialUseLook } from './looks.ts'
import type { Credentials } from './sasl.ts'

type Fetched = Awaited<ReturnType<Client['fetchAll']>>[number]

/** The newest messages that are looked at. */
const most = 50

/**
 * Special-use folders and the newest headers, all read-only (EXAMINE, BODY.PEEK): records `live.folders`, `live.headers`.
 *
 * @throws LiveTrouble
 */
export const passOverHeaders = (context: LiveContext, credentials: Credentials): Promise<string> =>
  withLibrary(context, credentials, async (client) => {
    const { journal, look, includeMail } = context
    const folders = await client.list()
    const specialUse = [...new Set(folders.flatMap(({ flags }) => [...flags].filter(isSpecialUse)))].toSorted()
    journal.record('live', 'live.folders', { folders: folders.length, specialUse })
    look(specialUseLook(specialUse))
    // What it is called depends on the account’s language.
    const everything = folders.find(({ flags }) => flags.has('\\All'))
    const lock = await client.getMailboxLock(everything?.path ?? 'INBOX', { readOnly: true })
    try {
      const { mail, ...seen } = await pass(client, includeMail)
      const folder = everything === undefined ? 'INBOX' : '\\All'
      journal.record('live', 'live.headers', { folder, ...seen, ...(includeMail ? { mail } : {}) })
      return `${folders.length} folders; headers of ${seen.read} of ${seen.exists} messages, ${seen.changed} changed meanwhile`
    } finally {
      lock.release()
    }
  })

/** RFC 3501 §7.2.2, RFC 5258 §3: what an attribute of a folder says when it is no special use. */
const plainAttributes = [
  ...['\\noinferiors', '\\noselect', '\\marked', '\\unmarked'],
  ...['\\haschildren', '\\hasnochildren', '\\nonexistent', '\\subscribed', '\\remote'],
]

const isSpecialUse = (attribute: string): boolean =>
  attribute.startsWith('\\') &&
  !plainAttributes.includes(attribute.toLowerCase()) &&
  // What imapflow puts there by itself.
  attribute !== '\\Inbox'

interface Passed {
  readonly exists: number
  readonly read: number
  readonly unseen: number
  readonly changed: number
  readonly mail: readonly SeenMail[]
}

/** Flags, then headers, then flags; another device may read one of them meanwhile, hardly all. */
async function pass(client: Client, includeMail: boolean): Promise<Passed> {
  const exists = client.mailbox === false ? 0 : client.mailbox.exists
  if (exists === 0) return { exists, read: 0, unseen: 0, changed: 0, mail: [] }
  const newest = await fetched(client, `${Math.max(1, exists - most + 1)}:*`, { flags: true }, false)
  const uids = newest.map(({ uid }) => uid).join(',')
  const headers = await fetched(client, uids, {
    headers: ['from', 'subject', 'date'],
    ...(includeMail ? { envelope: true } : {}),
  })
  const seen = new Set(newest.filter(isSeen).map(({ uid }) => uid))
  const after = await fetched(client, uids, { flags: true })
  return {
    exists,
    read: headers.filter((message) => message.headers !== undefined).length,
    unseen: newest.length - seen.size,
    changed: after.filter((message) => isSeen(message) && !seen.has(message.uid)).length,
    mail: includeMail ? headers.map(mailOf) : [],
  }
}

const isSeen = ({ flags }: Fetched): boolean => flags?.has('\\Seen') ?? false

const fetched = (
  client: Client,
  range: string,
  query: Parameters<Client['fetchAll']>[1],
  byUid = true,
): Promise<Fetched[]> => client.fetchAll(range, { uid: true, ...query }, { uid: byUid })

function mailOf({ uid, envelope }: Fetched): SeenMail {
  const [from] = envelope?.from ?? []
  const date = envelope?.date
  return {
    uid,
    from: plain([from?.name, from?.address].filter(Boolean).join(' ')),
    subject: plain(envelope?.subject ?? ''),
    date: date instanceof Date ? date.toISOString() : plain(date ?? ''),
  }
}

/** A subject may hold whatever its sender wants a terminal to do. */
const plain = (text: string): string => text.replaceAll(/\p{C}+/gu, ' ').slice(0, 200)
