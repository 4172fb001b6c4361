import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import type { TransportFault } from '../../harness/model/response-fault.ts'
import { type Connection, deliver } from './delivery.ts'

/** A client that takes what it is given only when it is told to. */
class Client extends EventEmitter {
  destroyed = false
  ended = false
  taken = 0
  pending = 0
  fields: readonly string[] = []

  writeHead(_status: number, fields: string[]): this {
    this.fields = fields
    return this
  }

  write(chunk: Uint8Array): boolean {
    this.pending += chunk.length
    return false
  }

  end(): void {
    this.ended = true
  }

  take(): void {
    this.taken += this.pending
    this.pending = 0
    this.emit('drain')
  }
}

const connection: Connection = { sleep: async () => {}, cut: () => {}, reset: () => {} }
const body = new TextEncoder().encode('{"a":1}\n')

const start = (transport: TransportFault, changes: Partial<Connection> = {}) => {
  const client = new Client()
  const told = { status: 200, headers: [['content-length', '8']] as const, body, transport }
  const delivered = deliver(client as unknown as ServerResponse, told, { ...connection, ...changes })
  return { client, delivered }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a huge body is made as the client takes it, piece by piece', async () => {
  const { client, delivered } = start({ kind: 'huge-body', octets: 1_000_000 })
  expect(client.fields).toEqual(['content-length', '1000000'])
  for (let most = 0; !client.ended; most = Math.max(most, client.pending)) {
    expect(most).toBeLessThanOrEqual(65_536 + body.length)
    client.take()
    await settled()
  }
  await delivered
  expect(client.taken + client.pending).toBe(1_000_000)
})

test('a client that goes away gets no more, and leaves no listener', async () => {
  const { client, delivered } = start({ kind: 'huge-body', octets: 1_000_000 })
  client.destroyed = true
  client.emit('close')
  await delivered
  expect(client.pending).toBeLessThanOrEqual(65_536 + body.length)
  expect([client.listenerCount('drain'), client.listenerCount('close')]).toEqual([0, 0])
})

test('a body that is longer than the huge one was to be is sent whole', async () => {
  const { client, delivered } = start({ kind: 'huge-body', octets: 3 })
  await delivered
  expect([client.fields, client.pending]).toEqual([['content-length', '8'], 8])
})

test('a body drips so many octets at a time, with a wait between them and none before or behind', async () => {
  const log: (string | number)[] = []
  const sleep = async (milliseconds: number) => void log.push(`wait ${milliseconds}`)
  const { client, delivered } = start({ kind: 'drip', octets: 3, every: 500 }, { sleep })
  client.write = (chunk) => Boolean(log.push(chunk.length))
  await delivered
  expect(log).toEqual(['wait 500', 3, 'wait 500', 2])
  expect([client.pending, client.ended]).toEqual([3, true])
})

test('a drip of nothing at a time still ends', async () => {
  const { client, delivered } = start({ kind: 'drip', octets: 0, every: 1 })
  await delivered
  expect(client.pending).toBe(8)
})
