import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { openSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { openParent } from './parent.ts'

/** What the tests of `watchTree` and of what killed runs leave talk to. */
export type WatchOrder =
  | { readonly order: 'connect'; readonly port: number }
  | { readonly order: 'connect-udp'; readonly port: number }
  | { readonly order: 'listen'; readonly host: string }
  | { readonly order: 'open'; readonly path: string; readonly flags: string }
  | { readonly order: 'start'; readonly command: readonly [string, ...string[]]; readonly env?: Record<string, string> }

const parent = openParent()
const done = (value: unknown = null): void => parent.post(value)

parent.onMessage((message) => {
  const order = message as WatchOrder
  switch (order.order) {
    case 'connect':
      return void connect(order.port, '127.0.0.1', () => done())
    case 'connect-udp': {
      const socket = createSocket('udp4')
      return void socket.connect(order.port, '127.0.0.1', () => done())
    }
    case 'listen': {
      const server = createServer()
      return void server.listen(0, order.host, () => done((server.address() as { readonly port: number }).port))
    }
    case 'open': {
      openSync(order.path, order.flags)
      return done()
    }
    case 'start': {
      const [program, ...args] = order.command
      const child = spawn(program, args, { detached: true, stdio: 'ignore', env: { ...process.env, ...order.env } })
      return void child.once('spawn', () => done(child.pid))
    }
  }
})
