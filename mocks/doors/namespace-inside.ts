import { execFileSync, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import process from 'node:process'
import { loopbackCallback } from './loopback-callback.ts'
import type { Begin, FromInside, ToInside } from './namespace-messages.ts'
import { answerName } from './namespace-names.ts'
import { relay } from './namespace-relay.ts'
import { unrouted } from './namespace-unrouted.ts'

/**
 * The first process of a namespace: makes the few hosts that are there, runs a program among them, and ends with it; then
 * the kernel ends whatever the program has started. It is told what to do over the channel of whoever opened the namespace.
 */
let directory: string | undefined
const tell = (message: FromInside, told = (): void => {}): void => void process.send?.(message, told)

process.on('disconnect', () => {
  // Nobody is left who wants any of it, or could tidy up.
  if (directory !== undefined) rmSync(directory, { recursive: true, force: true })
  process.exit()
})
process.on('message', (message: ToInside) => {
  if (message.message === 'callback') return visit(message.id, message.url)
  directory = message.directory
  tell({ message: 'begun' })
  run(message).catch((error: unknown) => {
    end({ message: 'failed', reason: error instanceof Error ? error.message : String(error) })
  })
})

async function run(begin: Begin): Promise<void> {
  replaceFiles(begin.etc)
  execFileSync('ip', ['link', 'set', 'lo', 'up'])
  await openPassages(begin)
  await answerNames(begin.addresses)
  const child = spawn(begin.command, begin.args, { stdio: 'inherit', env: begin.env })
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  end({ message: 'ended', code, signal, unrouted: unrouted('/proc/net') })
}

const end = (message: FromInside): void => tell(message, () => process.exit())

function replaceFiles(etc: string): void {
  for (const name of readdirSync(etc))
    if (existsSync(`/etc/${name}`)) execFileSync('mount', ['--bind', `${etc}/${name}`, `/etc/${name}`])
  // The daemon that answers for glibc over a socket, whatever stands in /etc here.
  if (existsSync('/run/nscd')) execFileSync('mount', ['-t', 'tmpfs', 'none', '/run/nscd'])
}

async function openPassages({ passages }: Begin): Promise<void> {
  for (const { address, port, socket } of passages) {
    const server = createServer({ allowHalfOpen: true }, (client) =>
      relay(client, connect({ path: socket, allowHalfOpen: true })),
    )
    await once(server.listen(port, address), 'listening')
  }
}

/** Names that are told; a program may ask for as many as it likes. */
const mostNames = 256

async function answerNames(addresses: Begin['addresses']): Promise<void> {
  const told = new Set<string>()
  const server = createSocket('udp4')
  server.on('message', (query, { address, port }) => {
    const answer = answerName(query, addresses)
    if (answer === undefined) return
    server.send(answer.message, port, address)
    const { refused: name } = answer
    if (name === undefined || told.has(name.toLowerCase()) || told.size === mostNames) return
    told.add(name.toLowerCase())
    tell({ message: 'refused', name })
  })
  server.on('error', () => {})
  server.bind(53, '127.0.0.1')
  await once(server, 'listening')
}

/** Real milliseconds that a program has to begin to listen: a person is slower, and programs count on that. */
const patience = 2_000
const pause = 20

function visit(id: number, url: string, waited = 0): void {
  loopbackCallback(new URL(url)).then(
    ({ status }) => tell({ message: 'answered', id, status }),
    (error: Error & { readonly code?: string }) => {
      if (error.code === 'ECONNREFUSED' && waited < patience) setTimeout(visit, pause, id, url, waited + pause)
      else tell({ message: 'unanswered', id, reason: error.message })
    },
  )
}
