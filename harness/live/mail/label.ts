import { wallClock } from '../../runtime/wall-clock.ts'
import type { LiveContext } from '../context.ts'
import { usualBudget } from '../lines/lines.ts'
import { LiveTrouble } from '../trouble.ts'
import { succeeded } from './dialogue.ts'
import { marksIn, removeOwn } from './label-removal.ts'
import { fetchFrom, mailboxesOf, quoted, sectionOf, select, uidOf } from './mailboxes.ts'
import { type LabelSession, withLabelSession } from './own-label.ts'
import { labelName, ownMessage } from './own-message.ts'
import type { Credentials } from './sasl.ts'

/** What was done so far; filled as it goes, so that whatever ends it leaves a true account. */
interface Written {
  created: boolean
  appended: boolean
  same: boolean
  flagged: boolean
  removed: boolean
  left: number
}

/**
 * Writes in one label of our own and removes it again: records `live.label`. Interrupted or cut off in the middle, it still
 * removes what it made, over a connection of its own.
 *
 * @throws LiveTrouble `label-not-ours` before anything is changed
 */
export async function writeInLabel(context: LiveContext, credentials: Credentials): Promise<string> {
  const mark = Array.from(context.random(16), (octet) => octet.toString(16).padStart(2, '0')).join('')
  const marks = new Set([mark])
  const written: Written = { created: false, appended: false, same: false, flagged: false, removed: false, left: 0 }
  let begun = false
  try {
    await withLabelSession(context, context.lines, credentials, async (session) => {
      for (const earlier of await marksOfEarlierRuns(session)) marks.add(earlier)
      begun = true
      if (marks.size > 1 || (await isThere(session))) await removeOwn(session, marks)
      await write(session, written, ownMessage(mark, context.now()))
      Object.assign(written, await removeOwn(session, marks))
    })
  } catch (error) {
    if (begun) Object.assign(written, await removedAfterAll(context, credentials, marks, written))
    throw error
  } finally {
    if (begun) context.journal.record('live', 'live.label', { ...written })
  }
  const { same, left } = written
  return `a message came back ${same ? 'as it was' : 'changed'}; ${left === 0 ? 'nothing' : `${left} messages`} left`
}

const isThere = async (session: LabelSession): Promise<boolean> =>
  (await mailboxesOf(session)).some(({ name }) => name === session.label)

/** @throws LiveTrouble `label-not-ours` for anything in or below the label that no run of ours has made */
async function marksOfEarlierRuns(session: LabelSession): Promise<readonly string[]> {
  const mailboxes = await mailboxesOf(session)
  const label = mailboxes.find(({ name }) => name === session.label)
  if (label === undefined) return []
  const { delimiter } = label
  if (delimiter !== null && mailboxes.some(({ name }) => name.startsWith(session.label + delimiter)))
    throw new LiveTrouble('label-not-ours', `there are labels below ${session.label}`)
  const { exists, marked } = await marksIn(session, session.label, 'EXAMINE')
  const marks = marked.flatMap(({ mark }) => mark ?? [])
  if (marks.length < exists)
    throw new LiveTrouble('label-not-ours', `${exists - marks.length} messages in ${session.label} are not ours`)
  return marks
}

async function write(session: LabelSession, written: Written, message: string): Promise<void> {
  const { dialogue, label } = session
  succeeded(await dialogue.ask(`CREATE ${quoted(label)}`), 'CREATE')
  written.created = true
  const append = `APPEND ${quoted(label)} (\\Seen) {${message.length}}`
  succeeded(await dialogue.ask(append, () => `${message}\r\n`), 'APPEND')
  written.appended = true
  await select(session, label, 'SELECT')
  const [stored] = await fetchFrom(session, '1:*', '(UID BODY.PEEK[])')
  const uid = stored && uidOf(stored)
  if (uid === undefined) throw new LiveTrouble('not-understood', 'what was appended is not there')
  written.same = sectionOf(stored!) === message
  succeeded(await dialogue.ask(`UID STORE ${uid} +FLAGS (\\Flagged)`), 'STORE')
  const [flagged] = await fetchFrom(session, `UID ${uid}`, '(UID FLAGS)')
  const flags = flagged?.get('FLAGS') ?? []
  written.flagged = Array.isArray(flags) && flags.some((flag) => /^\\flagged$/i.test(String(flag)))
}

/** Milliseconds: who presses Ctrl-C waits no longer. */
const deadline = 8000

/** Over lines of its own: those of the run may have ended with it. */
async function removedAfterAll(
  context: LiveContext,
  credentials: Credentials,
  marks: ReadonlySet<string>,
  { appended }: Written,
): Promise<Pick<Written, 'removed' | 'left'>> {
  const ended = new AbortController()
  const cancel = wallClock.after(deadline, () => ended.abort())
  const budget = { ...usualBudget, patience: deadline }
  const lines = context.lines.afterwards({ budget, signal: ended.signal })
  try {
    return await withLabelSession(context, lines, credentials, (session) => removeOwn(session, marks))
  } catch (error) {
    if (!(error instanceof LiveTrouble)) throw error
    context.progress('write', `the label ${labelName} may still be there`, error.trouble)
    return { removed: false, left: appended ? 1 : 0 }
  } finally {
    cancel()
    await lines[Symbol.asyncDispose]()
  }
}
