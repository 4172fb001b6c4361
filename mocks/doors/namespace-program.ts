import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Begin, FromInside, ProgramEnd } from './namespace-messages.ts'
import { programPath, unshare } from './namespace-probe.ts'
import { unrouted } from './namespace-unrouted.ts'

/** A program that runs in a namespace of its own. Its streams end with it and all that it started. */
export interface NamespaceProgram {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Rejects when it could not be started. */
  readonly ended: Promise<ProgramEnd>
  /** As `loopbackCallback`, to an address in there; it waits two real seconds for somebody to listen. */
  callback(url: URL): Promise<{ readonly status: number }>
  /** Ends it at once, and whatever it started. */
  kill(): void
}

export interface Start {
  readonly begin: Begin
  /** Where the program starts. */
  readonly directory: string
  /** Real seconds until it is killed. */
  readonly seconds: number
  /** Told what the program wanted of hosts that are not there: their names, or how often it had addresses alone. */
  elsewhere(wanted: { readonly name: string } | { readonly attempts: number }): void
}

const inside = new URL(
  import.meta.url.endsWith('.ts') ? './namespace-inside.ts' : './namespace-inside.js',
  import.meta.url,
)

/** The environment of our own first process; each runtime heeds one of these, and none writes where it should not. */
const environment = (): Record<string, string> => ({
  PATH: programPath,
  DENO_DIR: process.env['DENO_DIR'] ?? join(homedir(), '.cache', 'deno'),
  DENO_NO_UPDATE_CHECK: '1',
  BUN_RUNTIME_TRANSPILER_CACHE_PATH: '0',
})

/** Starts the first process of a namespace, by the runtime that runs us, and through it the program. */
export function startProgram(start: Start): NamespaceProgram {
  const runtime = [process.execPath, ...(process.versions['deno'] === undefined ? [] : ['run', '-A', '--no-prompt'])]
  const [command, ...flags] = unshare
  const child = spawn(command, [...flags, ...runtime, fileURLToPath(inside)], {
    cwd: start.directory,
    env: environment(),
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C at the terminal is ours to pass on.
    detached: true,
  })
  const conversation = new Conversation(child, start)
  const kill = (): void => {
    conversation.giveUp()
    child.kill('SIGKILL')
  }
  const timer = setTimeout(kill, start.seconds * 1000)
  const ended = endOf(child)
    .finally(() => clearTimeout(timer))
    .then((ofChild) => conversation.end(ofChild))
  // Whoever waits for it is told; a program that nobody waits for must not end the harness.
  ended.catch(() => {})
  const { stdin, stdout, stderr } = child
  // A program need not read what it is given.
  stdin!.on('error', () => {})
  return { stdin: stdin!, stdout: stdout!, stderr: stderr!, ended, kill, callback: (url) => conversation.callback(url) }
}

/** Comes when nobody holds its streams any more: the kernel has ended all that were in the namespace. */
async function endOf(child: ChildProcess): Promise<ProgramEnd> {
  const silent = new Promise((resolve) => child.once('disconnect', resolve))
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  if (child.connected) await silent
  return { code, signal }
}

interface Waiting {
  resolve(answer: { readonly status: number }): void
  reject(error: Error): void
}

const gone = 'the program has ended'

/** What is said between us and the first process. */
class Conversation {
  readonly #child: ChildProcess
  readonly #start: Start
  readonly #visits = new Map<number, Waiting>()
  #begun = false
  #last: Extract<FromInside, { message: 'ended' | 'failed' }> | undefined
  #visited = 0

  constructor(child: ChildProcess, start: Start) {
    this.#child = child
    this.#start = start
    child.on('message', (message) => this.#hear(message as FromInside))
    child.send(start.begin, () => {})
  }

  #hear(message: FromInside): void {
    switch (message.message) {
      case 'begun':
        this.#begun = true
        return
      case 'refused':
        return this.#start.elsewhere({ name: message.name })
      case 'answered':
        return this.#visit(message.id)?.resolve({ status: message.status })
      case 'unanswered':
        return this.#visit(message.id)?.reject(new Error(message.reason))
      default:
        this.#last = message
        if (message.message === 'ended') this.#count(message.unrouted)
    }
  }

  #visit(id: number): Waiting | undefined {
    const waiting = this.#visits.get(id)
    this.#visits.delete(id)
    return waiting
  }

  #count(attempts: number): void {
    if (attempts > 0) this.#start.elsewhere({ attempts })
  }

  callback(url: URL): Promise<{ readonly status: number }> {
    if (!this.#child.connected) return Promise.reject(new Error(gone))
    return new Promise((resolve, reject) => {
      this.#visited += 1
      this.#visits.set(this.#visited, { resolve, reject })
      this.#child.send({ message: 'callback', id: this.#visited, url: url.href }, () => {})
    })
  }

  /** It will not tell any more what it saw, so we look for ourselves. Its parent stands in the same network. */
  giveUp(): void {
    if (this.#last !== undefined) return
    // Before that it stands in our own.
    const attempts = this.#begun ? unrouted(`/proc/${this.#child.pid}/net`) : 0
    this.#last = { message: 'ended', code: null, signal: 'SIGKILL', unrouted: attempts }
    this.#count(attempts)
  }

  /** @param ofChild how the process ended that holds the namespace */
  end(ofChild: ProgramEnd): ProgramEnd {
    for (const id of [...this.#visits.keys()]) this.#visit(id)?.reject(new Error(gone))
    if (this.#last?.message === 'ended') return { code: this.#last.code, signal: this.#last.signal }
    const why = this.#last?.reason ?? `the namespace ended with ${ofChild.signal ?? `exit code ${ofChild.code}`}`
    throw new Error(`${this.#start.begin.command} could not be run: ${why}`)
  }
}
