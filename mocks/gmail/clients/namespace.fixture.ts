import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type Socket, connect, createServer } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { present } from './programs.fixture.ts'
import { relay } from './relay.fixture.ts'

export interface Ended {
  readonly stdout: Buffer
  readonly stderr: string
  /** 137 when it did not end within its time. */
  readonly code: number | null
}

export interface RunOptions {
  /** The whole environment but for PATH, HOME, LANG, TERM and TZ. */
  readonly env?: Readonly<Record<string, string>>
  /** Real seconds until it is killed with all that it started. */
  readonly seconds?: number
}

export interface Namespace extends AsyncDisposable {
  /** Runs a program there to its end, in the home directory and without input. */
  run(command: string, args: readonly string[], options?: RunOptions): Promise<Ended>
}

const inside = fileURLToPath(new URL('inside.fixture.ts', import.meta.url))
const timeout = '/usr/bin/timeout'
// When the first process there dies, the kernel ends all others.
const unshare = ['/usr/bin/unshare', '--map-root-user', '--net', '--mount', '--pid', '--fork', '--kill-child']

/**
 * A place on this machine where imap.gmail.com:993 is a loopback port of ours and no other network is, so that programs
 * need not be told where Gmail is. For each program the kernel makes and removes it; files are shared with the world.
 *
 * @param home the directory that programs find as theirs
 * @param port where our Gmail listens
 */
export async function openNamespace(home: string, port: number): Promise<Namespace> {
  const door = join(home, '.gmail.sock')
  const hosts = join(home, '.hosts')
  await writeFile(hosts, '127.0.0.1 localhost imap.gmail.com\n')
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (client) => {
    sockets.add(client)
    client.once('close', () => sockets.delete(client))
    relay(client, connect({ port, host: '127.0.0.1', allowHalfOpen: true }))
  })
  await once(server.listen(door), 'listening')
  const surroundings = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: home, LANG: 'C.UTF-8', TERM: 'xterm', TZ: 'UTC' }
  return {
    async run(command, args, { env = {}, seconds = 30 } = {}) {
      for (const program of [command, timeout, unshare[0]!, '/usr/bin/mount', '/usr/sbin/ip']) present(program)
      const gate = [process.execPath, inside, door, hosts]
      const child = spawn(timeout, ['--signal=KILL', `${seconds}`, ...unshare, ...gate, command, ...args], {
        cwd: home,
        env: { ...surroundings, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const stdout: Buffer[] = []
      const stderr: Buffer[] = []
      child.stdout.on('data', (octets: Buffer) => stdout.push(octets))
      child.stderr.on('data', (octets: Buffer) => stderr.push(octets))
      const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
      return {
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString(),
        code: signal === null ? code : 137,
      }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
