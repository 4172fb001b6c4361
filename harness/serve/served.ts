import { seedOf } from '../random.ts'
import { type Doors, type OpenServedWorld, type ServedWorldOptions, openServedWorld } from './open-served-world.ts'
import type { Served } from './served-world.ts'

export interface OpenServed extends Served, AsyncDisposable {
  /** The same after every reset. */
  readonly ports: Doors<number>
}

/**
 * Opens a world that can be replaced by a new one of the same setup, at the same ports. Each makes up other tokens: one
 * of an earlier world must not be good by chance.
 *
 * @param open a test may do something before each world
 * @throws Fault `ADDRESS_UNAVAILABLE`; a reset too, where another program was quicker. Another reset may then succeed.
 */
export async function openServed(options: ServedWorldOptions, open = openServedWorld): Promise<OpenServed> {
  let worlds = 0
  const next = (at: ServedWorldOptions['at']): Promise<OpenServedWorld> =>
    open({ ...options, at, seed: seedOf(options.seed, 'world', (worlds += 1)) })
  let world = await next(options.at)
  const { ports } = world
  const { google, imap, proxy } = options.at
  const same = {
    google: { ...google, port: ports.google },
    imap: { ...imap, port: ports.imap },
    proxy: { ...proxy, port: ports.proxy },
  }
  const replace = async (): Promise<void> => {
    await world[Symbol.asyncDispose]()
    world = await next(same)
  }
  // One after the other, and the end after all of them.
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work)
    turn = done.catch(() => {})
    return done
  }
  return {
    ports,
    get world() {
      return world
    },
    reset: () => inTurn(replace),
    [Symbol.asyncDispose]: () => inTurn(async () => world[Symbol.asyncDispose]()),
  }
}
