import type { GmailRefusal } from '../../../harness/model/gmail-setup.ts'
import type { Refusal } from '../front/words.ts'
import { octetsOf } from '../wire/command-stream.ts'
import type { Delivery } from './delivery.ts'
import type { Effect } from './faults.ts'

/** A selected mailbox, to which things happen from outside; the session tells of them where the protocol lets it. */
export interface Disturbed {
  /** Every message is told of, unasked: EXISTS, and FETCH with UID and FLAGS. */
  recite(): void
  /** New mail arrives in it. */
  arrive(bytes: Uint8Array): void
  /** Another client removes a message. */
  vanish(uid: number): void
  /** A mailbox of the account gets another UIDVALIDITY. */
  renumber(folder: string): void
}

/** A session, as a fault meets it. */
export interface Struck {
  readonly delivery: Delivery
  /** Of the command that runs; `*` when none does. */
  readonly tag: string
  /** The one that is selected. */
  readonly mailbox: Disturbed | undefined
  /** Says one line as it stands. */
  say(line: string): void
  /** Ends the running command with words such as `NO …`. */
  finish(words: string): void
  /** Says BYE and ends the connection. */
  bye(reason: 'fault' | 'refused', text: string): void
  /** Ends the connection without a word. */
  end(reset: boolean): void
  /** Neither says nor hears anything any more. */
  silence(): void
  refusal(name: GmailRefusal): Refusal
}

/** Whether the rules go on behind a fault, go on after what it said in their place, or have nothing left to do. */
export type Aftermath = 'on' | 'said' | 'over'

/** Does what a fault says. */
export function strike(effect: Effect, struck: Struck): Aftermath {
  const { delivery } = struck
  switch (effect.kind) {
    case 'say':
      for (const line of effect.lines) struck.say(withTags(line, struck.tag))
      return 'said'
    case 'flood':
      delivery.flood(effect.octets)
      return 'said'
    case 'answer':
      struck.finish(effect.text)
      return 'over'
    case 'refuse':
      refuse(struck.refusal(effect.refusal), struck)
      return 'over'
    case 'end':
      if (effect.bye === undefined) struck.end(effect.reset ?? false)
      else struck.bye('fault', effect.bye)
      return 'over'
    case 'silence':
      struck.silence()
      return 'over'
    case 'wait':
      delivery.wait(effect.milliseconds)
      return 'on'
    case 'trickle':
      delivery.trickle({ octets: effect.octets, milliseconds: effect.milliseconds ?? 0 })
      return 'on'
    default:
      disturb(effect, struck)
      return 'on'
  }
}

function refuse({ untagged, answer }: Refusal, { say, bye, finish }: Struck): void {
  for (const line of untagged) say(`* ${line}`)
  if (answer.startsWith('BYE ')) bye('refused', answer.slice('BYE '.length))
  else finish(answer)
}

/** What happens to the mailbox meanwhile. */
function disturb(
  effect: Extract<Effect, { kind: 'recite' | 'arrive' | 'vanish' | 'renumber' }>,
  { mailbox, tag }: Struck,
): void {
  if (effect.kind === 'recite') mailbox?.recite()
  else if (effect.kind === 'arrive') mailbox?.arrive(octetsOf(withTags(effect.message, tag).replaceAll('\n', '\r\n')))
  else if (effect.kind === 'vanish') mailbox?.vanish(effect.uid)
  else mailbox?.renumber(effect.folder)
}

/** The tag after this one, as clients count that put a decimal number at its end. */
const nextTag = (tag: string): string =>
  tag.replace(/\d+$/, (digits) => String(Number(digits) + 1).padStart(digits.length, '0'))

const withTags = (text: string, tag: string): string => text.replaceAll('{tag}', tag).replaceAll('{next}', nextTag(tag))
