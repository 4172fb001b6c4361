import { expect, test } from 'vitest'
import { authoritiesBesides, certificatesIn } from './authorities.ts'
import { authority, certificate } from './tls-fetch.fixture.ts'

test('certificates are found one by one, whatever stands between them', () => {
  expect(certificatesIn(`subject=a\n${authority}\n\n# b\n${certificate.trimEnd()}`)).toEqual([authority, certificate])
  expect(certificatesIn('-----BEGIN CERTIFICATE-----\nhalf')).toEqual([])
})

test('others are trusted besides those of the runtime, and those stay', () => {
  const alone = authoritiesBesides('')
  expect(alone.length).toBeGreaterThan(50)
  expect(authoritiesBesides(authority)).toEqual([...alone, authority])
  expect(authoritiesBesides(authority)).toBe(authoritiesBesides(authority))
  expect(authoritiesBesides('')).toEqual(alone)
})
