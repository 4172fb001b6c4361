import { afterLogin, command } from '../../command.ts'
import { done, no, ok } from '../../state.ts'
import type { Decoder } from '../../wire/decoder.ts'

/** APPEND (RFC 3501 §6.3.11), with the UID of the new message in the answer (RFC 4315). */
export const append = command('APPEND', afterLogin, {
  arguments(wire) {
    const name = wire.sp().mailbox()
    wire.sp()
    const flags = wire.sees('(') ? wire.flagList() : null
    if (flags !== null) wire.sp()
    const internalDate = wire.sees('"') ? wire.dateTime() : null
    if (internalDate !== null) wire.sp()
    return { name, flags: flags ?? [], internalDate, bytes: message(wire) }
  },
  run(state, { name, flags, internalDate, bytes }, { gmail }) {
    const mailbox = state.store.mailbox(name)
    if (mailbox?.selectable !== true) return done(state, no('[TRYCREATE] Folder does not exist. (Failure)'))
    const message = state.store.append({
      bytes,
      flags,
      labels: mailbox.label === null ? [] : [mailbox.label],
      internalDate: internalDate ?? gmail.clock.now(),
    })
    const uid = mailbox.entryOf(message)?.uid
    return done(state, ok(`${uid === undefined ? '' : `[APPENDUID ${mailbox.uidValidity} ${uid}] `}(Success)`))
  },
})

/** A literal, or `UTF8 (~{n} …)` (RFC 9755 §4). */
function message(wire: Decoder): Uint8Array {
  if (!wire.takes('UTF8 (')) return wire.literal()
  const bytes = wire.literal()
  wire.expect(')')
  return bytes
}
