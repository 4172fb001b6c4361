import type { ImapFault } from '../../../harness/model/imap-fault.ts'
import type { MockWorld } from '../../mock-world.ts'

export type Effect = ImapFault['effect']

interface Armed {
  readonly fault: ImapFault
  /** How often its point was reached since it was armed. */
  times: number
}

/** Scripted misbehaviour of one world's Gmail, over all its connections. */
export class Faults {
  readonly #world: MockWorld
  #armed: Armed[] = []

  constructor(world: MockWorld) {
    this.#world = world
  }

  /** @throws for pieces that hold nothing, which would never end */
  arm(fault: ImapFault): void {
    if (fault.effect.kind === 'trickle' && !(fault.effect.octets >= 1))
      throw new Error('a piece holds an octet at least')
    this.#armed.push({ fault, times: 0 })
    const times = fault.occurrence === 'every' ? 'every time' : `time ${fault.occurrence}`
    this.#world.journal.record('mailbox', 'fault.armed', { fault: fault.name, at: `${fault.at}, ${times}` })
  }

  /** Whether a fault waits at this point. */
  waitsAt(point: ImapFault['at']): boolean {
    return this.#armed.some(({ fault }) => fault.at === point)
  }

  clear(): void {
    this.#armed = []
  }

  /** Every fault of a point counts; of several that are due, the one armed first strikes. */
  at(point: ImapFault['at'], { connection, text }: { connection: number; text: string }): Effect | undefined {
    const wild = point.replace(/ .*/, ' *')
    const armed = this.#armed.filter(
      ({ fault }) => (fault.at === point || fault.at === wild) && text.includes(fault.arguments ?? ''),
    )
    for (const one of armed) one.times += 1
    const due = armed.find(({ fault, times }) => fault.occurrence === 'every' || fault.occurrence === times)?.fault
    if (due !== undefined)
      this.#world.journal.record(`imap:${connection}`, 'fault.fired', { fault: due.name, at: point })
    return due?.effect
  }
}
