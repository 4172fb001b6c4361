import type { ResponseFault } from '../../harness/model/response-fault.ts'
import type { MockWorld } from '../mock-world.ts'
import { altered, leaving, replacement, replaces } from './faults/faulty-answer.ts'

type FaultyEndpoint = ResponseFault['endpoint']

interface Armed {
  readonly fault: ResponseFault
  /** Answers of the endpoint since it was armed. */
  answers: number
}

export interface FaultOptions {
  /** Answers leave through real TLS, where a transport fault can spoil them. */
  readonly transport: boolean
}

/** Scripted misbehaviour of one world's endpoints. Occurrences count from the moment a fault is armed. */
export class Faults {
  readonly #world: MockWorld
  readonly #transport: boolean
  #armed: Armed[] = []

  constructor(world: MockWorld, { transport }: FaultOptions) {
    this.#world = world
    this.#transport = transport
  }

  /** @throws for a transport fault that no door would show: a fault that silently does nothing proves nothing */
  arm(fault: ResponseFault): void {
    if (fault.transport !== undefined) this.#refuseUnshown(fault)
    this.#armed.push({ fault, answers: 0 })
    const at = `${fault.endpoint}, ${inWords(fault.occurrence)}`
    this.#world.journal.record('google', 'fault.armed', { fault: fault.name, at })
  }

  clear(): void {
    this.#armed = []
  }

  /** Answers as the rules decide, or as a fault that is due says. */
  async answer(endpoint: FaultyEndpoint, decide: () => Response | Promise<Response>): Promise<Response> {
    const fault = this.#due(endpoint)
    if (fault === undefined) return decide()
    const { journal, clock } = this.#world
    journal.record('google', 'fault.fired', { fault: fault.name, at: endpoint })
    const answer = replaces(fault) ? replacement(fault) : await altered(await decide(), fault)
    if (fault.delay !== undefined) await clock.sleep(fault.delay)
    return leaving(answer, fault, clock.now())
  }

  /** Every fault of an endpoint counts the answer; of several that are due, the one armed first fires. */
  #due(endpoint: FaultyEndpoint): ResponseFault | undefined {
    const armed = this.#armed.filter(({ fault }) => fault.endpoint === endpoint)
    for (const one of armed) one.answers += 1
    return armed.find(({ fault, answers }) => strikes(fault.occurrence, answers))?.fault
  }

  #refuseUnshown({ name, endpoint }: ResponseFault): void {
    const why = 'a transport fault needs the TLS door'
    if (!this.#transport)
      throw new Error(`fault “${name}”: ${why}, and this world has none; play the scenario at “tls” only`)
    if (endpoint === 'authorization-endpoint')
      throw new Error(`fault “${name}”: ${why}, and the scripted user’s browser reaches the ${endpoint} without it`)
  }
}

const strikes = (occurrence: ResponseFault['occurrence'], answer: number): boolean =>
  occurrence === 'every' || [occurrence].flat().includes(answer)

function inWords(occurrence: ResponseFault['occurrence']): string {
  if (occurrence === 'every') return 'every answer'
  return typeof occurrence === 'number' ? `answer ${occurrence}` : `answers ${occurrence.join(', ')}`
}
