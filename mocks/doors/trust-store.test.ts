import { fromBER } from 'asn1js'
import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { createPki } from './pki.ts'
import { trustStoreOf } from './trust-store.ts'

test('it holds the certificate of the authority as it is, and no key', async () => {
  const { ca, key } = await createPki()
  const store = trustStoreOf(ca)
  const { offset, result } = fromBER(store)
  expect(result.error).toBe('')
  expect(offset).toBe(store.length)
  const octets = Buffer.from(store)
  expect(octets.includes(new X509Certificate(ca).raw)).toBe(true)
  expect(octets.includes(Buffer.from(key.replaceAll(/-----[A-Z ]+-----/g, ''), 'base64').subarray(40, 60))).toBe(false)
})
