import { expect, test } from 'vitest'
import { fromBase64, relayRequest, requestOf } from './protocol.ts'

const post = (body: string | Uint8Array<ArrayBuffer>): Request =>
  new Request('https://oauth2.googleapis.com/token', { method: 'POST', body })

test('a request is relayed whole', async () => {
  const relayed = await relayRequest(post('grant_type=refresh_token&x=é'))
  const request = requestOf(relayed)
  expect([request.method, request.url, await request.text()]).toEqual([
    'POST',
    'https://oauth2.googleapis.com/token',
    'grant_type=refresh_token&x=é',
  ])
  expect((await relayRequest(new Request('https://oauth2.googleapis.com/'))).body).toBe('')
})

test('of a body without end no more is relayed than shows that it is too long', async () => {
  let cancelled = false
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
    cancel: () => void (cancelled = true),
  })
  const streamed = { method: 'POST', body: endless, duplex: 'half' } as RequestInit
  const { body } = await relayRequest(new Request('https://oauth2.googleapis.com/token', streamed))
  expect(fromBase64(body)).toHaveLength(1024 * 1024)
  expect(cancelled).toBe(true)
  expect(fromBase64((await relayRequest(post(new Uint8Array(3_000_000)))).body)).toHaveLength(1024 * 1024)
})
