import type * as Testcontainers from 'testcontainers'
import { type Place, absence } from './engine-absence.ts'
import { unavailable, within } from './patience.ts'

/** Testcontainers and the engine that it found: Docker, or whatever else speaks Docker's API. */
export interface Engine {
  readonly library: typeof Testcontainers
  readonly client: Testcontainers.ContainerRuntimeClient
  readonly docker: Testcontainers.ContainerRuntimeClient['container']['dockerode']
}

const patience = 2

/**
 * Finds the container engine of this machine, as `DOCKER_HOST` and the settings of Testcontainers say. The library is
 * loaded only here: it takes a quarter of a second, which nobody pays who needs no container.
 *
 * @throws Fault `MAILBOX_SERVER_UNAVAILABLE` that says why none answers, `INTERRUPTED`
 */
export async function findEngine(signal?: AbortSignal): Promise<Engine> {
  const library = await import('testcontainers')
  const late = () => unavailable('The container engine is silent.', 'Start it anew.')
  try {
    const client = await within(patience, library.getContainerRuntimeClient(), late, signal)
    return { library, client, docker: client.container.dockerode }
  } catch (cause) {
    signal?.throwIfAborted()
    // The library tells only that it found none.
    throw await absence(usualPlace(), cause)
  }
}

function usualPlace(): Place {
  const host = process.env['DOCKER_HOST'] ?? ''
  if (host === '') return { path: '/var/run/docker.sock' }
  try {
    const { protocol, hostname, port, pathname } = new URL(host)
    return protocol === 'unix:' ? { path: pathname } : { host: hostname, port: Number(port) || 2375 }
  } catch {
    return { malformed: host }
  }
}

/** What the engine said, without the client's own words around it. */
export const engineSaid = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/^\(HTTP code \d+\) [\w ]+ - /, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '')

export const statusOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : undefined
