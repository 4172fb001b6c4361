import { succeeded } from './dialogue.ts'
import { fetchFrom, mailboxesOf, quoted, sectionOf, select, uidOf } from './mailboxes.ts'
import type { LabelSession } from './own-label.ts'
import { markField, markIn } from './own-message.ts'
import type { Session } from './session.ts'

/** Messages that are looked through where what was written a moment ago must be among the newest. */
const newest = 50

export interface Removed {
  readonly removed: boolean
  /** Messages of ours that are still somewhere. */
  readonly left: number
}

/**
 * Removes messages with these marks wherever they are, then the label, unless something else came to lie in it. Begins with
 * what is there, so that it can be done again on another connection.
 */
export async function removeOwn(session: LabelSession, marks: ReadonlySet<string>): Promise<Removed> {
  const places = await placesIn(session)
  const { label, trash } = places
  const isGmail = session.capabilities.includes('X-GM-EXT-1')
  const foreign = label === undefined ? 0 : await clear(session, label.name, { marks, isGmail })
  if (isGmail && places.everything !== undefined) await clear(session, places.everything.name, { marks, isGmail })
  // On Gmail a message is gone for good once it is expunged there, and not before (Google, IMAP guide).
  if (isGmail && trash !== undefined) await clear(session, trash.name, { marks, isGmail: false })
  if (label !== undefined && foreign === 0) await remove(session)
  const removed = (await placesIn(session)).label === undefined
  const lookedAt = [places.everything, trash, removed ? undefined : label].filter((one) => one !== undefined)
  let left = 0
  for (const { name } of lookedAt) left += (await ownIn(session, name, 'EXAMINE', marks)).uids.length
  return { removed, left }
}

async function placesIn(session: LabelSession) {
  const mailboxes = await mailboxesOf(session)
  return {
    label: mailboxes.find(({ name }) => name === session.label),
    trash: mailboxes.find(({ attributes }) => attributes.includes('\\trash')),
    everything: mailboxes.find(({ attributes }) => attributes.includes('\\all')),
  }
}

/** @returns how many of the messages looked at are none of ours */
async function clear(
  session: Session,
  name: string,
  { marks, isGmail }: { readonly marks: ReadonlySet<string>; readonly isGmail: boolean },
): Promise<number> {
  const { dialogue, capabilities } = session
  const { uids, others } = await ownIn(session, name, 'SELECT', marks)
  if (uids.length === 0) return others
  const set = uids.join(',')
  if (isGmail) {
    succeeded(await dialogue.ask(`UID STORE ${set} +X-GM-LABELS.SILENT (\\Trash)`), 'STORE')
    return others
  }
  succeeded(await dialogue.ask(`UID STORE ${set} +FLAGS.SILENT (\\Deleted)`), 'STORE')
  // A bare EXPUNGE would take along what others marked (RFC 4315 §2.1).
  if (capabilities.includes('UIDPLUS')) succeeded(await dialogue.ask(`UID EXPUNGE ${set}`), 'EXPUNGE')
  else if (others === 0) succeeded(await dialogue.ask('EXPUNGE'), 'EXPUNGE')
  return others
}

interface Own {
  readonly uids: readonly number[]
  readonly others: number
}

async function ownIn(
  session: Session,
  name: string,
  command: 'SELECT' | 'EXAMINE',
  marks: ReadonlySet<string>,
): Promise<Own> {
  const { exists, marked } = await marksIn(session, name, command)
  const own = marked.filter(({ mark }) => mark !== undefined && marks.has(mark))
  // What was not looked at, or not shown, is somebody’s too.
  return { uids: own.map(({ uid }) => uid), others: Math.max(0, exists - own.length) }
}

export interface Marks {
  /** Messages in the mailbox. */
  readonly exists: number
  /** The newest of them. */
  readonly marked: readonly { readonly uid: number; readonly mark: string | undefined }[]
}

/** The newest messages of a mailbox, each with its mark if it has one. */
export async function marksIn(session: Session, name: string, command: 'SELECT' | 'EXAMINE'): Promise<Marks> {
  const exists = await select(session, name, command)
  if (exists === 0) return { exists, marked: [] }
  const range = `${Math.max(1, exists - newest + 1)}:*`
  const messages = await fetchFrom(session, range, `(UID BODY.PEEK[HEADER.FIELDS (${markField})])`)
  const marked = messages.flatMap((message) => {
    const uid = uidOf(message)
    return uid === undefined ? [] : [{ uid, mark: markIn(sectionOf(message)) }]
  })
  return { exists, marked }
}

/** Nothing is selected while it goes: some servers end a session whose mailbox is gone. */
async function remove({ dialogue, capabilities, label }: LabelSession): Promise<void> {
  const leave = capabilities.includes('UNSELECT') ? 'UNSELECT' : 'EXAMINE INBOX'
  await dialogue.ask(leave)
  succeeded(await dialogue.ask(`DELETE ${quoted(label)}`), 'DELETE')
}
