import type { WorldClock } from '../../../harness/clock.ts'
import type { ImapOutlet } from '../../../harness/model/imap-carrier.ts'
import { packed } from '../wire/packed.ts'

/** Octets that wait for others, so that they leave together. */
const mostGathered = 131_072

const floodPiece = 65_536
const floodOctet = 0x78

interface Pace {
  /** Octets of one piece. */
  readonly octets: number
  /** Simulated milliseconds between two pieces. */
  readonly milliseconds: number
}

/** Octets that wait for their time, or for the piece before them. */
interface Late {
  octets: Uint8Array
  /** How many octets follow those, each the same. */
  more: number
  /** Epoch milliseconds of the first piece. */
  at: number
  readonly pace: Pace
}

/**
 * The way of a session's octets to its client. What is said in one turn leaves in one write, as it does from a server that
 * writes when it has nothing more to say; faults make it late, slow, or end it. Order is kept whatever happens.
 */
export class Delivery {
  readonly #outlet: ImapOutlet
  readonly #clock: WorldClock
  #gathered: Uint8Array[] = []
  #gatheredOctets = 0
  #turns = 0
  readonly #queue: Late[] = []
  #leaving = false
  #encode: (octets: Uint8Array) => Uint8Array = (octets) => octets
  #delay = 0
  #pace: Pace | undefined
  #state: 'open' | 'ending' | 'over' = 'open'
  #cancel: () => void = () => {}

  constructor(outlet: ImapOutlet, clock: WorldClock) {
    this.#outlet = outlet
    this.#clock = clock
  }

  /** Octets that the carrier has not got rid of. What waits for simulated time is not among them. */
  get unsent(): number {
    return (this.#outlet.unsent?.() ?? 0) + (this.#leaving ? 1 : 0)
  }

  /** Something was said that has not left, since it waits for simulated time. */
  get late(): boolean {
    return this.#queue.length > 0
  }

  /** Does work whose octets leave together. */
  turn(work: () => void): void {
    this.#turns += 1
    try {
      work()
    } finally {
      this.#turns -= 1
      if (this.#turns === 0) this.flush()
    }
  }

  write(octets: Uint8Array): void {
    if (this.#state !== 'open') return
    this.#gathered.push(octets)
    this.#gatheredOctets += octets.length
    if (this.#turns === 0 || this.#gatheredOctets > mostGathered) this.flush()
  }

  /** What was said so far is on its way. */
  flush(): void {
    if (this.#gathered.length === 0) return
    const gathered = packed(this.#gathered)
    this.#gathered = []
    this.#gatheredOctets = 0
    for (const octets of gathered) this.#send(this.#encode(octets))
  }

  #send(octets: Uint8Array): void {
    if (this.#pace === undefined && this.#delay === 0 && !this.late) this.#outlet.write(octets)
    else this.#enqueue(octets)
  }

  /** What is said from here on leaves so many simulated milliseconds after it was said. */
  wait(milliseconds: number): void {
    this.flush()
    this.#delay = milliseconds
  }

  /** What is said from here on leaves in pieces. */
  trickle(pace: Pace): void {
    this.flush()
    this.#pace = pace
  }

  /** What is said from here on leaves encoded so. */
  through(encode: (octets: Uint8Array) => Uint8Array): void {
    this.flush()
    this.#encode = encode
  }

  /** So many octets of a line without end; no more of them are in memory at a time than one piece. */
  flood(octets: number): void {
    this.flush()
    const piece = { octets: floodPiece, milliseconds: 0 }
    this.#queue.push({ octets: new Uint8Array(0), more: octets, at: this.#clock.now(), pace: piece })
    this.#pump()
  }

  startTls(): void {
    this.flush()
    this.#outlet.startTls?.()
  }

  /** The connection ends behind what was said. */
  end(): void {
    this.flush()
    if (this.#state !== 'open') return
    this.#state = 'ending'
    this.#pump()
  }

  /** The connection ends now; what has not left is lost. */
  cut(reset = false): void {
    if (this.#state === 'over') return
    this.#queue.length = 0
    this.flush()
    this.#over()
    if (reset && this.#outlet.reset !== undefined) this.#outlet.reset()
    else this.#outlet.end()
  }

  /** Nothing leaves any more, and nobody is told. */
  silence(): void {
    this.flush()
    this.#queue.length = 0
    this.#over()
  }

  #over(): void {
    this.#cancel()
    this.#gathered = []
    this.#gatheredOctets = 0
    this.#state = 'over'
  }

  #enqueue(octets: Uint8Array): void {
    const pace = this.#pace ?? { octets: octets.length, milliseconds: 0 }
    this.#queue.push({ octets, more: 0, at: this.#clock.now() + this.#delay, pace })
    this.#pump()
  }

  /** Sends what is due, each piece when the one before it has left. */
  #pump(): void {
    this.#cancel()
    while (!this.#leaving && this.#state !== 'over') {
      const late = this.#queue[0]
      if (late === undefined) return this.#drained()
      if (late.at > this.#clock.now()) {
        this.#cancel = this.#clock.schedule(late.at, () => this.#pump())
        return
      }
      this.#leaving = true
      let returned = false
      this.#outlet.write(this.#nextPiece(late), () => {
        this.#leaving = false
        if (returned) this.#pump()
      })
      returned = true
    }
  }

  #nextPiece(late: Late): Uint8Array {
    const { pace, more } = late
    const octets = late.octets.length > 0 ? late.octets : new Uint8Array(Math.min(more, pace.octets)).fill(floodOctet)
    if (octets !== late.octets) late.more -= octets.length
    late.octets = octets.subarray(pace.octets)
    late.at = Math.max(late.at, this.#clock.now()) + pace.milliseconds
    if (late.octets.length === 0 && late.more <= 0) {
      this.#queue.shift()
      // The pace goes on from one response to the next.
      const [next] = this.#queue
      if (next !== undefined) next.at = Math.max(next.at, late.at)
    }
    return octets.subarray(0, pace.octets)
  }

  #drained(): void {
    if (this.#state !== 'ending') return
    this.#over()
    this.#outlet.end()
  }
}
