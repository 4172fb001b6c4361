import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type Server, type Socket, connect, createServer } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Fault } from '../../harness/model/fault.ts'
import type { MockWorld } from '../mock-world.ts'
import type { Routes } from './connect-proxy.ts'
import { Masking } from './masking.ts'
import type { Passage } from './namespace-messages.ts'
import { namespaceAvailability } from './namespace-probe.ts'
import { type NamespaceProgram, type Start, startProgram } from './namespace-program.ts'
import { relay } from './namespace-relay.ts'

export interface NamespaceOptions {
  /** Which loopback port out here stands in for a host and port in there: the table that a CONNECT proxy is given, too. */
  readonly routes: Routes
  /** Where programs start. */
  readonly directory: string
}

export interface ProgramOptions {
  /** The program's whole environment. */
  readonly env: Readonly<Record<string, string>>
  /** Real seconds until it is killed with all that it started. */
  readonly seconds: number
}

export interface Namespace extends AsyncDisposable {
  /** Starts a program; `command` is a path, or is looked for in the PATH of `env`. */
  start(command: string, args: readonly string[], options: ProgramOptions): NamespaceProgram
  /** As `loopbackCallback`, to the program that was started last. It comes in to no other. */
  callback(url: URL): Promise<{ readonly status: number }>
}

type Recording = Pick<MockWorld, 'journal' | 'secrets'>

/**
 * A place on this machine in which the hosts of `routes` are where they always are and no other network is, for programs
 * that can be told neither addresses nor a proxy. For each program the kernel makes it anew, and ends with it whatever the
 * program has started. Files are shared with the world outside, and so are Unix sockets: it keeps names and networks away
 * from honest programs, and is no prison for others.
 *
 * A name that is not in `routes` does not exist there, which is recorded; to an address that is not there no route leads,
 * which is recorded as a number. Disposing ends every program at once.
 *
 * @throws Fault `NAMESPACE_UNAVAILABLE` that says what this machine lacks
 */
export async function openNamespace(world: Recording, { routes, directory }: NamespaceOptions): Promise<Namespace> {
  const availability = await namespaceAvailability()
  if (!availability.available)
    throw new Fault('NAMESPACE_UNAVAILABLE', availability.reason, 'Use another door, or another machine.')
  const own = await mkdtemp(join(tmpdir(), 'oauth-imap-namespace-'))
  const addresses = addressesFor(routes)
  const etc = await makeFiles(own, addresses)
  const outlets = new Outlets()
  const passages = await Promise.all(
    Object.entries(routes).map(([authority, port], index) =>
      outlets.open(passageTo(authority, addresses, join(own, `out-${index}`)), port),
    ),
  )
  const running: NamespaceProgram[] = []
  return {
    start(command, args, { env, seconds }) {
      const program = startProgram({
        begin: { message: 'begin', directory: own, etc, addresses, passages, command, args, env },
        directory,
        seconds,
        elsewhere: recorderOf(world),
      })
      running.push(program)
      const forget = (): void => void running.splice(running.indexOf(program), 1)
      program.ended.then(forget, forget)
      return program
    },
    callback: (url) => running.at(-1)?.callback(url) ?? Promise.reject(new Error('no program runs in the namespace')),
    async [Symbol.asyncDispose]() {
      for (const { kill } of running) kill()
      await Promise.allSettled(running.map(({ ended }) => ended))
      await outlets.close()
      await rm(own, { recursive: true, force: true })
    },
  }
}

function recorderOf({ journal, secrets }: Recording): Start['elsewhere'] {
  const masking = new Masking(secrets)
  return (wanted) => {
    if ('name' in wanted) journal.record('elsewhere', 'dns.refused', { name: masking.text(wanted.name) })
    else journal.record('elsewhere', 'ip.refused', { attempts: wanted.attempts })
  }
}

const hostOf = (authority: string): string => authority.slice(0, authority.lastIndexOf(':'))

/** Each host has an address of its own, so that one does not answer at another's port. */
const addressesFor = (routes: Routes): Readonly<Record<string, string>> =>
  Object.fromEntries([...new Set(Object.keys(routes).map(hostOf))].map((host, index) => [host, `127.0.1.${index + 1}`]))

const passageTo = (authority: string, addresses: Readonly<Record<string, string>>, socket: string): Passage => ({
  address: addresses[hostOf(authority)]!,
  port: Number(authority.slice(authority.lastIndexOf(':') + 1)),
  socket,
})

/** The files of /etc that decide what a name means. */
async function makeFiles(own: string, addresses: Readonly<Record<string, string>>): Promise<string> {
  const etc = join(own, 'etc')
  await mkdir(etc)
  const hosts = Object.entries(addresses).map(([host, address]) => `${address} ${host}\n`)
  // This machine's own name must not become a question either.
  await writeFile(join(etc, 'hosts'), `127.0.0.1 localhost ${hostname()}\n::1 localhost\n${hosts.join('')}`)
  await writeFile(join(etc, 'resolv.conf'), 'nameserver 127.0.0.1\nsearch .\n')
  // Without other sources of names, such as a resolver that is asked over a Unix socket.
  const sources = await readFile('/etc/nsswitch.conf', 'utf8').catch(() => '')
  await writeFile(join(etc, 'nsswitch.conf'), `${sources.replace(/^hosts:.*$/gm, '')}\nhosts: files dns\n`)
  return etc
}

/** The outer ends of the passages. */
class Outlets {
  readonly #servers: Server[] = []
  readonly #sockets = new Set<Socket>()

  /** Opens one to a loopback port of ours. */
  async open(passage: Passage, port: number): Promise<Passage> {
    const server = createServer({ allowHalfOpen: true }, (client) => {
      this.#sockets.add(client)
      client.once('close', () => this.#sockets.delete(client))
      relay(client, connect({ port, host: '127.0.0.1', allowHalfOpen: true }))
    })
    this.#servers.push(server)
    await once(server.listen(passage.socket), 'listening')
    return passage
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await Promise.all(this.#servers.map((server) => new Promise((resolve) => server.close(resolve))))
  }
}
