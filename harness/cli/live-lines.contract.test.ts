import { afterAll, beforeAll, expect, test } from 'vitest'
import { usualBudget, openLines } from '../live/lines/lines.ts'
import { type FarWorld, openFarWorld } from './far-world.fixture.ts'

let far: FarWorld
beforeAll(async () => void (far = await openFarWorld()))
afterAll(() => far[Symbol.asyncDispose]())

const { signal } = new AbortController()
const discovery = 'https://accounts.google.com/.well-known/openid-configuration'

const ways = [
  { name: 'directly', farSide: () => far.farSide },
  {
    name: 'through a proxy',
    farSide: () => {
      const proxy = `http://127.0.0.1:${far.world.ports.proxy}`
      return { ...far.farSide, at: {}, proxy, imapProxy: proxy }
    },
  },
]

test.for(ways)('the far side is reached $name', async ({ farSide }) => {
  await using lines = openLines(farSide(), { budget: usualBudget, signal })
  const response = await lines.fetch(discovery)
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ issuer: 'https://accounts.google.com' })
  expect(response.headers.get('date')).not.toBeNull()
  const line = await lines.imap()
  expect(line.version).toBe('TLSv1.3')
  expect(await line.read()).toMatch(/^\* OK Gimap ready/)
  await line.write('a1 LOGOUT\r\n')
  expect(await line.read()).toMatch(/^\* BYE/)
  expect(await line.read()).toMatch(/^a1 OK/)
  await line.end()
  const spent = lines.spent()
  expect(spent).toMatchObject({ connections: 2 })
  expect(spent.received).toBeGreaterThan(4000)
  expect(spent.sent).toBeGreaterThan(600)
})
