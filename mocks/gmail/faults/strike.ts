import type { GmailRefusal } from '../../../harness/model/gmail-setup.ts'
import { Mailbox } from '../core/mailbox.ts'
import type { OpenMailbox } from '../core/open-mailbox.ts'
import type { Refusal } from '../front/words.ts'
import type { GmailWorld } from '../gmail-world.ts'
import { octetsOf } from '../wire/command-stream.ts'
import type { Delivery } from './delivery.ts'
import type { Effect } from './faults.ts'

/** A session, as a fault meets it. */
export interface Struck {
  readonly gmail: GmailWorld
  readonly delivery: Delivery
  /** Of the command that runs; `*` when none does. */
  readonly tag: string
  readonly mailbox: OpenMailbox | undefined
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

/** What happens to the mailbox meanwhile; the session tells of it where the protocol lets it. */
function disturb(
  effect: Extract<Effect, { kind: 'recite' | 'arrive' | 'vanish' | 'renumber' }>,
  { gmail, mailbox, tag, say }: Struck,
): void {
  if (mailbox === undefined) return
  const { store } = mailbox
  if (effect.kind === 'recite') {
    say(`* ${mailbox.exists} EXISTS`)
    for (const { number, entry } of mailbox.all())
      say(`* ${number} FETCH (UID ${entry.uid} FLAGS (${Mailbox.flagsOf(entry).join(' ')}))`)
  } else if (effect.kind === 'arrive') {
    const bytes = octetsOf(withTags(effect.message, tag).replaceAll('\n', '\r\n'))
    const { label } = mailbox.mailbox
    store.append({ bytes, labels: label === null ? [] : [label], flags: [], internalDate: gmail.clock.now() })
  } else if (effect.kind === 'vanish') {
    const entry = mailbox.mailbox.entries().find(({ uid }) => uid === effect.uid)
    if (entry !== undefined) store.expunge(entry, mailbox.mailbox)
  } else store.renumber(effect.folder)
}

/** The tag after this one, as clients count that put a decimal number at its end. */
const nextTag = (tag: string): string =>
  tag.replace(/\d+$/, (digits) => String(Number(digits) + 1).padStart(digits.length, '0'))

const withTags = (text: string, tag: string): string => text.replaceAll('{tag}', tag).replaceAll('{next}', nextTag(tag))
