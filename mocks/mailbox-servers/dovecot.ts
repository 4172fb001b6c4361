import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:fs'
import { access, chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import process from 'node:process'
import { promisify } from 'node:util'
import { watchFor } from './departure.ts'
import { dovecotConfiguration } from './dovecot-settings.ts'
import { newPassword } from './image-users.ts'
import type { MailboxServer } from './mailbox-server.ts'
import { unavailable } from './patience.ts'

/** A Dovecot of our own on a loopback port. Disposing stops it and removes all that it wrote. */
export interface Dovecot extends AsyncDisposable {
  readonly port: number
  /** Another port that was free; nobody listens there unless a variation says so. */
  readonly tlsPort: number
  /** Where everything lies that it writes. */
  readonly directory: string
  /** Takes any user name: each is an account of its own, empty at first. */
  readonly password: string
  /** Resolves when it ends, however it ends, with words for how. */
  readonly ended: Promise<string>
}

/** What makes a Dovecot another than the plain one. */
export interface Variation {
  /** Stands behind the plain configuration, whose settings it overrides. */
  readonly settings: string
  /** Written into its directory before it starts, by name. */
  readonly files: Readonly<Record<string, string>>
}

type Vary = (at: { readonly directory: string; readonly tlsPort: number }) => Variation

interface User {
  readonly name: string
  readonly group: string
  readonly uid: number
  readonly gid: number
}

const program = '/usr/sbin/dovecot'
const setpriv = '/usr/bin/setpriv'
/** Seconds after which it ends by itself, whatever became of who started it. */
const lifetime = 900
/** Milliseconds for starting, which takes some tens of them, and for stopping, which takes a second. */
const patience = 15_000
/** Characters of its log that are kept to say why it did not start. */
const mostSaid = 4096
/** The port is free when we look, and may be taken by another program when Dovecot does. */
const tries = 3
const plain: Vary = () => ({ settings: '', files: {} })

/**
 * Starts a Dovecot as a mailbox server.
 *
 * @throws Fault `MAILBOX_SERVER_UNAVAILABLE` when it is not installed, or does not start
 */
export async function openDovecot(): Promise<MailboxServer> {
  const { port, password, ended, [Symbol.asyncDispose]: dispose } = await startDovecot()
  const { stdout } = await promisify(execFile)(program, ['--version'])
  const departure = watchFor(ended, (how) => unavailable(`Dovecot was needed when ${how}.`, 'Run again.'))
  let accounts = 0
  return {
    host: '127.0.0.1',
    port,
    // Such as `2.3.19.1 (9b53102964)`.
    description: { name: 'dovecot', version: stdout.split(' ')[0]!.trim(), origin: 'installed' },
    gone: departure.gone,
    async openAccount() {
      await departure.stillThere()
      return { user: `account-${++accounts}`, password }
    },
    async [Symbol.asyncDispose]() {
      departure.dismiss()
      await dispose()
    },
  }
}

/**
 * Starts a Dovecot 2.3 in a fresh directory, as root or as any other user, and waits until it listens.
 *
 * @throws Fault `MAILBOX_SERVER_UNAVAILABLE` when it is not installed, or does not start
 */
export async function startDovecot(vary: Vary = plain): Promise<Dovecot> {
  await access(program, constants.X_OK).catch((cause: unknown) => {
    throw unavailable(`${program} is missing.`, 'Install it (Debian: apt-get install dovecot-imapd).', cause)
  })
  const user = await unprivilegedUser()
  for (let left = tries - 1; ; left--) {
    try {
      return await start(user, await freePorts(), vary)
    } catch (error) {
      if (left === 0) throw error
    }
  }
}

async function start(user: User, [port, tlsPort]: readonly [number, number], vary: Vary): Promise<Dovecot> {
  const password = newPassword()
  const directory = await mkdtemp(`${tmpdir()}/dovecot-`)
  const configuration = `${directory}/dovecot.conf`
  const settings = { directory, port, password, user: user.name, group: user.group }
  const variation = vary({ directory, tlsPort })
  await writeFile(configuration, dovecotConfiguration(settings) + variation.settings)
  for (const [name, text] of Object.entries(variation.files)) await writeFile(`${directory}/${name}`, text)
  if (process.getuid?.() === 0) await chown(directory, user.uid, user.gid)
  // The kernel ends it with this process, however that ends, where setpriv (util-linux) is; else `timeout` does.
  const dovecot = ['timeout', '--kill-after=5', `${lifetime}`, program, '-F', '-c', configuration]
  const [command = '', ...args] = (await isThere(setpriv)) ? [setpriv, '--pdeathsig', 'TERM', ...dovecot] : dovecot
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Days in searches are those of its time zone.
    env: { PATH: '/usr/bin:/bin', TZ: 'UTC' },
    cwd: directory,
    ...(process.getuid?.() === 0 ? { uid: user.uid, gid: user.gid } : {}),
  })
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await exited
    await rm(directory, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    await listening(child)
  } catch (error) {
    await stop()
    throw error
  }
  const ended = exited.then(([status, signal]) => `it ended with ${signal ?? `status ${status}`}`)
  return { port, tlsPort, directory, password, ended, [Symbol.asyncDispose]: stop }
}

/** Waits for the line that Dovecot writes once its sockets are open. What it writes later is read, and dropped: it would wait. */
function listening({ stderr }: ChildProcess): Promise<void> {
  const signal = AbortSignal.timeout(patience)
  let said = ''
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(unavailable(`Dovecot does not start: ${said.trim()}`, 'Try dovecot -F by hand.'))
    stderr!.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < mostSaid) said += text
      if (said.includes(' starting up for imap')) resolve()
    })
    stderr!.once('end', fail)
    signal.addEventListener('abort', fail)
  })
}

/** Who it may run as: ourselves, or, for root, the user that its package made. */
async function unprivilegedUser(): Promise<User> {
  const own = userInfo()
  const users = await table('/etc/passwd')
  const [name = '', , uid, gid] =
    users.find((row) => (own.uid === 0 ? row[0] === 'dovecot' : row[2] === `${own.uid}`)) ?? []
  const groups = await table('/etc/group')
  const group = groups.find((row) => row[2] === gid)?.[0]
  if (group === undefined)
    throw unavailable('Dovecot needs a user and a group that stand in /etc/passwd and /etc/group.', 'Name them there.')
  return { name, group, uid: Number(uid), gid: Number(gid) }
}

const isThere = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  )

async function table(file: string): Promise<string[][]> {
  return (await readFile(file, 'utf8')).split('\n').map((line) => line.split(':'))
}

/** Both are held until both are known, so that they are two. */
async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()] as const
  for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening')
  const [one, two] = servers.map((server) => (server.address() as AddressInfo).port)
  for (const server of servers) await once(server.close(), 'close')
  return [one!, two!]
}
