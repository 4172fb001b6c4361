import { type Exchange, afterLogin, command } from '../../command.ts'
import { type StateOf, done } from '../../state.ts'
import type { Decoder } from '../../wire/decoder.ts'
import { isOverQuota } from './quota.ts'
import { ending } from '../words.ts'

interface AppendArguments {
  readonly name: string
  readonly flags: readonly string[]
  readonly internalDate: number | null
  readonly bytes: Uint8Array
}

function appendArguments(wire: Decoder): AppendArguments {
  const name = wire.sp().mailbox()
  wire.sp()
  const flags = wire.sees('(') ? wire.flagList() : null
  if (flags !== null) wire.sp()
  const internalDate = wire.sees('"') ? wire.dateTime() : null
  if (internalDate !== null) wire.sp()
  return { name, flags: flags ?? [], internalDate, bytes: message(wire) }
}

/** APPEND (RFC 3501 §6.3.11), with the UID of the new message in the answer (RFC 4315). */
export const append = command('APPEND', afterLogin, {
  arguments: appendArguments,
  run(state, { name, flags, internalDate, bytes }, exchange) {
    const mailbox = state.store.mailbox(name)
    if (mailbox?.selectable !== true) return done(state, ending('append-no-target'))
    if (isOverQuota(state.store, bytes.length)) return done(state, ending('over-quota'))
    const message = state.store.append({
      bytes,
      flags,
      labels: mailbox.label === null ? [] : [mailbox.label],
      internalDate: acceptable(internalDate, exchange),
    })
    const entry = mailbox.entryOf(message)
    // With Auto-Expunge on the mark would take the message away; what Gmail does then is not known, so it is not made.
    if (entry !== undefined && flags.some(isDeleted) && !state.store.rules.autoExpunge)
      state.store.changeFlags(entry, 'add', ['\\Deleted'])
    tellArrival(state, exchange)
    if (entry === undefined) return done(state, ending('done'))
    return done(state, ending('copied', { code: `APPENDUID ${mailbox.uidValidity} ${entry.uid}` }))
  },
})

const isDeleted = (flag: string): boolean => flag.toLowerCase() === '\\deleted'

/** Gmail replaces a date before 1970 or in the future (page “Gmail X-GM-EXT-1: observed wire behavior”). */
function acceptable(internalDate: number | null, { gmail }: Exchange): number {
  const now = gmail.clock.now()
  return internalDate === null || internalDate < 0 || internalDate > now ? now : internalDate
}

/** RFC 3501 §6.3.11: if the mailbox is selected, the client should be told at once. */
function tellArrival(state: StateOf<'authenticated' | 'selected'>, { announce }: Exchange): void {
  if (state.name === 'selected') announce(state.mailbox, true)
}

/** A literal, or `UTF8 (~{n} …)` (RFC 9755 §4). */
function message(wire: Decoder): Uint8Array {
  if (!wire.takes('UTF8 (')) return wire.literal()
  const bytes = wire.literal8()
  wire.expect(')')
  return bytes
}
