import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { listen } from './listen.ts'

test('a port that is taken is told in one line', async () => {
  const first = createServer()
  const second = createServer()
  const port = await listen(first)
  try {
    await expect(listen(second, { port })).rejects.toMatchObject({
      code: 'ADDRESS_UNAVAILABLE',
      message: `Cannot listen on 127.0.0.1:${port}: another program listens there.`,
    })
  } finally {
    first.close()
    second.close()
  }
})

test('an address that this machine lacks is told in one line', async () => {
  // RFC 5737: an address for documentation.
  await expect(listen(createServer(), { host: '192.0.2.1' })).rejects.toMatchObject({
    message: 'Cannot listen on 192.0.2.1:0: this machine has no such address.',
  })
})
