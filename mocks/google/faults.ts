import type { Endpoint } from '../../harness/model/observation.ts'
import type { ResponseFault } from '../../harness/model/scenario.ts'
import type { MockWorld } from '../mock-world.ts'

interface Armed {
  readonly fault: ResponseFault
  /** Answers of the endpoint since it was armed. */
  answers: number
}

const nullBodyStatuses: ReadonlySet<number> = new Set([204, 205, 304])

/** Scripted misbehaviour of one world's endpoints. Occurrences count from the moment a fault is armed. */
export class Faults {
  readonly #world: MockWorld
  #armed: Armed[] = []

  constructor(world: MockWorld) {
    this.#world = world
  }

  arm(fault: ResponseFault): void {
    this.#armed.push({ fault, answers: 0 })
    const at = `${fault.endpoint}, ${fault.occurrence === 'every' ? 'every answer' : `answer ${fault.occurrence}`}`
    this.#world.journal.record('google', 'fault.armed', { fault: fault.name, at })
  }

  clear(): void {
    this.#armed = []
  }

  /**
   * Answers as the rules decide, or as a fault that is due says. A fault with a status or a body and no `json` stands in
   * front of the rules: nothing is decided and no state changes, as when a front end fails.
   */
  async answer(endpoint: Endpoint, decide: () => Response | Promise<Response>): Promise<Response> {
    const fault = this.#due(endpoint)
    if (fault === undefined) return decide()
    this.#world.journal.record('google', 'fault.fired', { fault: fault.name, at: endpoint })
    const replaces = (fault.status !== undefined || fault.body !== undefined) && fault.json === undefined
    const response = replaces ? replacement(fault) : await altered(await decide(), fault)
    if (fault.delay !== undefined) await this.#world.clock.sleep(fault.delay)
    return response
  }

  /** Every fault of an endpoint counts the answer; of several that are due, the one armed first fires. */
  #due(endpoint: Endpoint): ResponseFault | undefined {
    const armed = this.#armed.filter(({ fault }) => fault.endpoint === endpoint)
    for (const one of armed) one.answers += 1
    return armed.find(({ fault, answers }) => fault.occurrence === 'every' || fault.occurrence === answers)?.fault
  }
}

/** What the fault says alone. Unless its headers tell otherwise, the body is served as what it looks like. */
function replacement({ status = 200, headers = {}, body = '' }: ResponseFault): Response {
  const type = body.startsWith('{') ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8'
  const merged = new Headers(headers)
  if (!merged.has('content-type')) merged.set('content-type', type)
  return new Response(nullBodyStatuses.has(status) ? null : body, { status, headers: merged })
}

/** The rules' own answer with what the fault names replaced. */
async function altered(response: Response, { status, headers = {}, json }: ResponseFault): Promise<Response> {
  const merged = new Headers(response.headers)
  for (const [name, value] of Object.entries(headers)) merged.set(name, value)
  const text = await response.text()
  const body = json === undefined ? text : JSON.stringify(replaceMembers(JSON.parse(text), json), null, 2)
  return new Response(body === '' ? null : body, { status: status ?? response.status, headers: merged })
}

function replaceMembers(document: unknown, members: Readonly<Record<string, unknown>>): unknown {
  const replaced = { ...(document as Record<string, unknown>), ...members }
  return Object.fromEntries(Object.entries(replaced).filter(([, value]) => value !== null))
}
