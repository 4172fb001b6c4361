import { once } from 'node:events'
import { connect } from 'node:net'
import type { Fault } from '../../harness/model/fault.ts'
import { unavailable } from './patience.ts'

/** Where a container engine is looked for. */
export type Place =
  | { readonly path: string }
  | { readonly host: string; readonly port: number }
  | { readonly malformed: string }

/** Milliseconds that a connection may take. */
const patience = 500

const install = 'Install one (Debian: apt-get install docker.io), or name another with DOCKER_HOST.'
const start = 'Start it (such as systemctl start docker), or name another with DOCKER_HOST.'

/** Why no engine answers at a place, found by knocking there once more. */
export async function absence(place: Place, cause: unknown): Promise<Fault> {
  if ('malformed' in place)
    return unavailable(
      `DOCKER_HOST is ${place.malformed}, which is no URL.`,
      'Write it such as unix:///var/run/docker.sock.',
      cause,
    )
  const name = 'path' in place ? place.path : `${place.host}:${place.port}`
  const none = (why: string, hint: string): Fault => unavailable(`No container engine answers: ${why}.`, hint, cause)
  switch (await knock(place)) {
    case 'open':
      return none(`${name} takes connections and is silent`, 'Look at it with docker info, and start it anew.')
    case 'ENOENT':
      return none(`there is no ${name}`, install)
    case 'EACCES':
    case 'EPERM':
      return none(
        `this user may not open ${name}`,
        'Join its group (usermod --append --groups docker USER, then log in anew), or run a rootless engine.',
      )
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return none(`no such host as ${name}`, 'Mend DOCKER_HOST.')
    default:
      return none(`nobody listens at ${name}`, start)
  }
}

async function knock(
  place: { readonly path: string } | { readonly host: string; readonly port: number },
): Promise<string> {
  const socket = connect(place)
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(patience) })
    return 'open'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : ''
  } finally {
    socket.on('error', () => {})
    socket.destroy()
  }
}
