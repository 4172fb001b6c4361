import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import process from 'node:process'
import { relay } from './relay.fixture.ts'

/**
 * The first process of a namespace with a network of its own: makes its port 993 lead to a Unix socket outside, has its
 * own hosts file, then runs a program and ends as that does.
 *
 * Arguments: the socket, the hosts file, the program, its arguments.
 */
const [socket = '', hosts = '', command = '', ...args] = process.argv.slice(2)

execFileSync('/usr/bin/mount', ['--bind', hosts, '/etc/hosts'])
execFileSync('/usr/sbin/ip', ['link', 'set', 'lo', 'up'])
const server = createServer({ allowHalfOpen: true }, (client) =>
  relay(client, connect({ path: socket, allowHalfOpen: true })),
)
await once(server.listen(993, '127.0.0.1'), 'listening')

const child = spawn(command, args, { stdio: 'inherit' })
const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
process.exit(code ?? (signal === null ? 1 : 128))
