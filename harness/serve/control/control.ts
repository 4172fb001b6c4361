import { wireAnswerOf } from '../../../mocks/doors/http-answer.ts'
import { listenHttp } from '../../../mocks/doors/http-listener.ts'
import type { Exchange, WireRequest } from '../../../mocks/doors/http-observation.ts'
import type { ListenAddress } from '../../../mocks/doors/listen.ts'
import { refusalPage } from '../../../mocks/doors/refusals.ts'
import { originForm, pathOf } from '../../../mocks/doors/request-target.ts'
import { Fault } from '../../model/fault.ts'
import { nearest } from '../../nearest.ts'
import type { Served } from '../served-world.ts'
import { refusedEntry } from './admission.ts'
import { readInput } from './input.ts'
import { problem } from './problem.ts'
import type { Route } from './route.ts'
import { routes } from './routes.ts'

export interface Control extends AsyncDisposable {
  readonly port: number
  /** Without a slash at its end. */
  readonly url: string
}

export interface ControlOptions {
  /** What a client has to show (RFC 6750). */
  readonly token: string
  /** Of this machine’s loopback. */
  readonly at?: ListenAddress
  /** Real milliseconds of silence after which a client that owes something is given up. */
  readonly silence?: number
}

/** Octets: a message of 3 MB in base64 finds room. */
const longestBody = 4 * 1024 * 1024

/**
 * Opens the interface by which a served world is steered: HTTP on loopback, described by `openapi.json`.
 *
 * @throws Fault for an address that is not of loopback or cannot be had
 */
export async function listenControl(served: Served, { token, at, silence }: ControlOptions): Promise<Control> {
  const host = at?.host ?? '127.0.0.1'
  if (!/^(?:127\.\d+\.\d+\.\d+|::1)$/.test(host))
    throw new Fault('USAGE', 'The control interface stands on loopback alone.', 'Give it 127.0.0.1 or ::1.')
  const told = (response: Response, method = ''): ReturnType<Exchange['refuse']> =>
    wireAnswerOf(guarded(response), method, served.world.clock.now())
  const listener = await listenHttp(
    {
      refuse: (refusal) => told(problem(refusalPage(refusal).status, 'HTTP does not allow this request.')),
      answer: async (wire) => told(await answerTo(wire, served, token), wire.method),
    },
    { longestBody, ...(silence === undefined ? {} : { silence }), ...(at === undefined ? {} : { at }) },
  )
  return {
    port: listener.port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listener.port}`,
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  }
}

/** Answers hold codes and what happened: no cache keeps them, and no browser takes them for something else. */
function guarded(response: Response): Response {
  response.headers.set('cache-control', 'no-store')
  response.headers.set('x-content-type-options', 'nosniff')
  return response
}

async function answerTo(wire: WireRequest, served: Served, token: string): Promise<Response> {
  const refused = await refusedEntry(wire, token)
  if (refused !== undefined) return refused
  const target = originForm(wire.method, wire.target)
  if (target === undefined) return problem(400, 'The request target is none.')
  const path = pathOf(target)
  const here = routes.filter((route) => route.path === path)
  // RFC 9110 §9.3.2: HEAD is GET without the content.
  const method = wire.method === 'HEAD' ? 'GET' : wire.method
  const found = here.find((route) => route.method === method)
  if (found !== undefined) return perform(found, wire, new URLSearchParams(target.split(/\?(.*)/s)[1]), served)
  if (here.length > 0) return notAllowed(methodsOf(here))
  const paths = routes.map((route) => route.path)
  return problem(404, `There is no such route. Did you mean ${nearest(path.slice(0, 40), paths)}?`)
}

const notAllowed = (allow: string): Response => problem(405, `This route takes ${allow}.`, { headers: { allow } })

const methodsOf = (here: readonly Route[]): string =>
  here.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ')

async function perform(route: Route, wire: WireRequest, query: URLSearchParams, served: Served): Promise<Response> {
  const read = readInput(route, wire, query)
  if ('refused' in read) return read.refused
  try {
    return await route.answer(served, read.input)
  } catch (error) {
    if (error instanceof Fault) return problem(422, `${error.message} ${error.hint}`)
    // What went wrong may quote anything.
    return problem(500, 'This is a mistake of ours, not of the request.')
  }
}
