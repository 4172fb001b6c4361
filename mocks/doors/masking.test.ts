import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../harness/random.ts'
import { openSecrets } from '../../harness/secrets.ts'
import { Masking } from './masking.ts'

const secretNames = [
  'code',
  'code_verifier',
  'client_secret',
  'refresh_token',
  'access_token',
  'token',
  'state',
  'nonce',
]
const secretValue = fc.stringMatching(/^[A-Za-z0-9._~/-]{16,80}$/).filter((text) => new Set(text).size > 8)
const encodings: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => JSON.stringify({ text }),
  (text) => btoa(`user=x\u0001auth=Bearer ${text}\u0001\u0001`),
]

test('wherever a secret stands and however it is encoded, nothing of it is described', () => {
  const placed = fc.record({
    name: fc.constantFrom(...secretNames),
    secret: secretValue,
    encode: fc.constantFrom(...encodings),
    place: fc.constantFrom('query', 'form', 'header', 'path'),
    other: fc.constantFrom('redirect_uri', 'note', 'x'),
  })
  fc.assert(
    fc.property(placed, ({ name, secret, encode, place, other }) => {
      const secrets = openSecrets(createRandom(1))
      const elsewhere = new URLSearchParams({ [other]: encode(secret) })
      const body = new URLSearchParams([...(place === 'form' ? elsewhere : []), [name, secret]])
      const described = new Masking(secrets).describe({
        method: 'POST',
        origin: 'https://oauth2.googleapis.com',
        target: `/token${place === 'path' ? `/${encodeURIComponent(encode(secret))}` : ''}?${place === 'query' ? elsewhere : ''}`,
        headers: [
          ['content-type', 'application/x-www-form-urlencoded'],
          ...(place === 'header' ? [[`x-${other}`, encode(secret)] as const] : []),
        ],
        body: new TextEncoder().encode(String(body)),
      })
      expect(secrets.scanner.scanText(JSON.stringify(described))).toEqual([])
      expect(described.form?.at(-1)?.[1]).toMatchObject({ ref: expect.stringMatching(/-1$/) })
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('names keep their order and repetition whatever they are', () => {
  const pairs = fc.array(
    fc.tuple(fc.constantFrom('a', 'b', 'scope', '__proto__', 'constructor'), fc.constantFrom('', '1', '2')),
  )
  fc.assert(
    fc.property(pairs, (list) => {
      const masking = new Masking(openSecrets(createRandom(1)))
      expect(masking.parameters(new URLSearchParams(list))).toEqual(list)
    }),
    { seed: 1, numRuns: 100 },
  )
})
