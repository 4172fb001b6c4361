import { type Exchange, command } from '../../command.ts'
import { type StateOf, done, no, ok } from '../../state.ts'
import type { Decoder } from '../../wire/decoder.ts'
import { type SequenceSet, formatSequenceSet } from '../../wire/sequence-set.ts'
import type { Mailbox } from '../mailbox.ts'
import type { Numbered, OpenMailbox } from '../open-mailbox.ts'

interface CopyArguments {
  readonly set: SequenceSet
  readonly name: string
}

type By = 'uid' | 'number'

const copyArguments = (wire: Decoder): CopyArguments => ({ set: wire.sp().sequenceSet(), name: wire.sp().mailbox() })

const copyCommand = (verb: string, by: By) =>
  command(verb, ['selected'], {
    arguments: copyArguments,
    run(state, args, _) {
      const target = targetOf(state, args.name)
      if (target === undefined) return done(state, no(noTarget))
      const code = copyAll(state.mailbox, state.mailbox.pick(args.set, by), target)
      return done(state, ok(`${code === '' ? '' : `[${code}] `}(Success)`))
    },
  })

const moveCommand = (verb: string, by: By) =>
  command(verb, ['selected'], {
    arguments: copyArguments,
    run(state, args, exchange) {
      const target = targetOf(state, args.name)
      if (target === undefined) return done(state, no(noTarget))
      if (state.mailbox.readOnly) return done(state, no('[READ-ONLY] Folder is read-only. (Failure)'))
      moveAll(state, state.mailbox.pick(args.set, by), target, exchange)
      return done(state, ok())
    },
  })

/** COPY (RFC 3501 §6.4.7): the messages get one more label. */
export const copy = copyCommand('COPY', 'number')
export const uidCopy = copyCommand('UID COPY', 'uid')
/** MOVE (RFC 6851): and lose the label of the selected mailbox. */
export const move = moveCommand('MOVE', 'number')
export const uidMove = moveCommand('UID MOVE', 'uid')

const noTarget = '[TRYCREATE] No folder with that name. (Failure)'

function targetOf(state: StateOf<'selected'>, name: string): Mailbox | undefined {
  const target = state.store.mailbox(name)
  return target?.selectable === true ? target : undefined
}

/** Gives the response code of RFC 4315, or nothing when nothing was copied. */
function copyAll({ store }: OpenMailbox, messages: readonly Numbered[], target: Mailbox): string {
  const pairs = messages.flatMap(({ entry }): [number, number][] => {
    const copied = store.copy(entry.message, target)
    return copied === undefined ? [] : [[entry.uid, copied.uid]]
  })
  if (pairs.length === 0) return ''
  const sources = formatSequenceSet(pairs.map(([source]) => source))
  // The n-th of one set answers to the n-th of the other, so this one keeps its order.
  return `COPYUID ${target.uidValidity} ${sources} ${formatSequenceSet(pairs.map(([, copied]) => copied))}`
}

function moveAll(state: StateOf<'selected'>, messages: readonly Numbered[], target: Mailbox, exchange: Exchange): void {
  const source = state.mailbox.mailbox
  if (source === target) return
  const code = copyAll(state.mailbox, messages, target)
  if (code !== '') exchange.untagged(`OK [${code}]`)
  for (const { entry } of messages) if (source.entryOf(entry.message) === entry) state.store.expunge(entry, source)
  exchange.announce(state.mailbox, true)
}
