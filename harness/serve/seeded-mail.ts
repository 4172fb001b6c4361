import type { NewMessage } from '../../mocks/gmail/core/message.ts'
import { loadMailbox } from '../mailbox-files.ts'
import { readAtMost } from '../runtime/bounded-file.ts'
import { errorCode } from '../runtime/error-code.ts'
import { resolve } from '../runtime/path.ts'
import { usualAccounts } from './registrations.ts'
import type { ReadWorld } from './world-file.ts'
import type { WorldFile } from './world-schema.ts'

type Entry = NonNullable<NonNullable<WorldFile['accounts']>[number]['messages']>[number]

/** Octets: what Gmail takes in (Google, "Send attachments with your Gmail message", 25 MB and its encoding). */
const mostOctets = 36_700_160
/** Of all messages of a world together. */
const mostMail = 8 * mostOctets

/**
 * What lies in the mailboxes at the start, by address, in the order of the file.
 *
 * @param folder that paths of messages begin at
 * @param now epoch milliseconds, for messages without a date
 * @throws Fault at a message that cannot be had
 */
export async function mailboxesOf(
  read: ReadWorld,
  folder: string,
  now: number,
): Promise<Readonly<Record<string, readonly NewMessage[]>>> {
  const example = await loadMailbox()
  let octets = 0
  const mailboxes: [string, readonly NewMessage[]][] = []
  for (const [index, { address, mailbox, messages = [] }] of (read.world.accounts ?? usualAccounts).entries()) {
    const own: NewMessage[] = mailbox === 'example' ? [...example] : []
    for (const [place, message] of messages.entries()) {
      const path = ['accounts', index, 'messages', place] as const
      const stored = await storedMessage(message, { read, folder, now, path })
      octets += stored.bytes.length
      if (octets > mostMail)
        throw read.fault(path, `all messages together have more than ${mostMail} octets`, 'Leave some out.')
      own.push(stored)
    }
    mailboxes.push([address, own])
  }
  return Object.fromEntries(mailboxes)
}

interface Surroundings {
  readonly read: ReadWorld
  readonly folder: string
  readonly now: number
  readonly path: readonly (string | number)[]
}

async function storedMessage(entry: Entry, surroundings: Surroundings): Promise<NewMessage> {
  const { read, now, path } = surroundings
  const { file, text, labels = ['\\Inbox'], flags = [], date } = entry
  if ((file === undefined) === (text === undefined))
    throw read.fault(path, 'a message has either file or text', 'Give one of them.')
  const bytes = file === undefined ? octetsOf(text!) : await readMessage(file, surroundings)
  const internalDate = date === undefined ? now : Date.parse(date)
  if (Number.isNaN(internalDate)) throw read.fault([...path, 'date'], 'there is no such date', 'Correct it.')
  return { bytes, labels, flags, internalDate }
}

/** RFC 5322 §2.1: lines end with CR and LF. */
const octetsOf = (text: string): Uint8Array => new TextEncoder().encode(text.replace(/\r?\n/g, '\r\n'))

async function readMessage(file: string, { read, folder, path }: Surroundings): Promise<Uint8Array> {
  const at = [...path, 'file']
  const octets = await readAtMost(resolve(folder, file), mostOctets).catch((cause: unknown) => {
    const reason = errorCode(cause) === 'ENOENT' ? 'there is no such file' : `it cannot be read (${errorCode(cause)})`
    throw read.fault(at, reason, 'The path begins at the folder of the world file.')
  })
  if (octets === undefined)
    throw read.fault(at, `the message has more than ${mostOctets} octets`, 'Gmail takes no more.')
  return octets
}
