import { type Exchange, command } from '../../command.ts'
import { type Status, type StateOf, done } from '../../state.ts'
import type { Decoder } from '../../wire/decoder.ts'
import { type SequenceSet, formatSequenceSet } from '../../wire/sequence-set.ts'
import type { Mailbox } from '../mailbox.ts'
import type { Numbered, OpenMailbox } from '../open-mailbox.ts'
import { ending } from '../words.ts'

interface CopyArguments {
  readonly set: SequenceSet
  readonly name: string
}

type By = 'uid' | 'number'

const copyArguments = (wire: Decoder): CopyArguments => ({ set: wire.sp().sequenceSet(), name: wire.sp().mailbox() })

const copyCommand = (verb: string, by: By) =>
  command(verb, ['selected'], {
    arguments: copyArguments,
    run(state, { set, name }) {
      const target = targetOf(state, name)
      if (target === undefined) return done(state, ending('copy-no-target', { name }))
      const code = copyAll(state.mailbox, state.mailbox.pick(set, by), target)
      return done(state, copied(code))
    },
  })

const moveCommand = (verb: string, by: By) =>
  command(verb, ['selected'], {
    arguments: copyArguments,
    run(state, { set, name }, exchange) {
      const target = targetOf(state, name)
      if (target === undefined) return done(state, ending('copy-no-target', { name }))
      if (state.mailbox.readOnly) return done(state, ending('read-only', { verb: 'MOVE' }))
      return done(state, moveAll(state, state.mailbox.pick(set, by), target, exchange))
    },
  })

/** COPY (RFC 3501 §6.4.7): the messages get one more label. */
export const copy = copyCommand('COPY', 'number')
export const uidCopy = copyCommand('UID COPY', 'uid')
/** MOVE (RFC 6851): and lose the label of the selected mailbox. */
export const move = moveCommand('MOVE', 'number')
export const uidMove = moveCommand('UID MOVE', 'uid')

function targetOf(state: StateOf<'selected'>, name: string): Mailbox | undefined {
  const target = state.store.mailbox(name)
  return target?.selectable === true ? target : undefined
}

const copied = (code: string | undefined): Status =>
  code === undefined ? ending('done') : ending('copied', { code: `COPYUID ${code}` })

/** Gives what COPYUID tells (RFC 4315), or nothing when nothing was copied. */
function copyAll({ store }: OpenMailbox, messages: readonly Numbered[], target: Mailbox): string | undefined {
  const pairs = messages.flatMap(({ entry }): [number, number][] => {
    const copy = store.copy(entry.message, target)
    return copy === undefined ? [] : [[entry.uid, copy.uid]]
  })
  if (pairs.length === 0) return undefined
  const sources = formatSequenceSet(pairs.map(([source]) => source))
  // The n-th of one set answers to the n-th of the other, so this one keeps its order.
  return `${target.uidValidity} ${sources} ${formatSequenceSet(pairs.map(([, copy]) => copy))}`
}

function moveAll(
  state: StateOf<'selected'>,
  messages: readonly Numbered[],
  target: Mailbox,
  exchange: Exchange,
): Status {
  const { store } = state
  const source = state.mailbox.mailbox
  if (source === target) return ending('done')
  const code = copyAll(state.mailbox, messages, target)
  const early = store.rules.moveUids === 'untagged' && code !== undefined
  if (early) exchange.untagged(`OK [COPYUID ${code}]`)
  for (const { entry } of messages) {
    if (source.label !== null && source.entryOf(entry.message) === entry)
      store.changeLabels(entry.message, 'remove', [source.label])
  }
  exchange.announce(state.mailbox, true)
  return copied(early ? undefined : code)
}
