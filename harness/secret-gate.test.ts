import { describe, expect, test } from 'vitest'
import { failing } from '../reports/samples/failing.ts'
import { openJournal } from './journal.ts'
import { Fault } from './model/fault.ts'
import { all } from './model/observation.ts'
import type { Report } from './model/report.ts'
import { createRandom } from './random.ts'
import { escapesIn, sealedWithoutSecrets, withoutSecrets } from './secret-gate.ts'
import { type SecretRegistry, masked, openSecrets } from './secrets.ts'

const shape = {
  prefix: 'ya29.a0',
  length: 200,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
}
const world = (seed: number): { secrets: SecretRegistry; token: string } => {
  const secrets = openSecrets(createRandom(seed))
  return { secrets, token: secrets.mint('access-token', shape) }
}
const [one, two] = [world(1), world(2)]
const scanners = [one.secrets.scanner, two.secrets.scanner]

const faultOf = (work: () => unknown): Fault => {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('no fault')
}

const [first, ...rest] = failing.checks
const [variant, ...variants] = first!.variants
const withExcerpt = (excerpt: string): Report => ({
  ...failing,
  checks: [{ ...first!, variants: [{ ...variant!, evidence: [{ at: 'output#1', excerpt }] }, ...variants] }, ...rest],
})

describe('a report', () => {
  test('without a secret passes as it is, marks and all', () => {
    expect(withoutSecrets(failing, scanners)).toBe(failing)
    const marked = withExcerpt(
      `stdout holds ${one.secrets.mask(`Bearer ${one.token} ${encodeURIComponent(one.token)}`)}`,
    )
    expect(withoutSecrets(marked, scanners)).toBe(marked)
  })

  const planted: readonly (readonly [string, string, Report])[] = [
    ['an excerpt', '/checks/0/variants/0/evidence/0/excerpt', withExcerpt(`Bearer ${one.token}`)],
    ['an encoded excerpt', '/checks/0/variants/0/evidence/0/excerpt', withExcerpt(btoa(`user=a\u0001${one.token}`))],
    ['a reason', '/checks/0/reason', { ...failing, checks: [{ ...first!, reason: `saw ${one.token}` }, ...rest] }],
    [
      'a part of it',
      '/subject/version',
      { ...failing, subject: { ...failing.subject, version: one.token.slice(20, 32) } },
    ],
    ['an environment', '/environment/runtime', { ...failing, environment: { runtime: `node ${one.token}` } }],
    ['the name of a member', '/environment', { ...failing, environment: { [`a ${one.token}`]: 1 } }],
    ['below the name of a member', '/environment', { ...failing, environment: { [one.token]: one.token } }],
  ]
  test.each(planted)('with one in %s does not leave: it is named by reference and place', (_, place, report) => {
    const fault = faultOf(() => withoutSecrets(report, scanners))
    expect(fault.code).toBe('SECRET_IN_OUTPUT')
    expect(fault.message).toContain('‹access-token-1›')
    expect(fault.message).toContain(` at ${place}`)
    expect(escapesIn([fault.message, fault.hint, fault.stack], scanners)).toEqual([])
  })

  test('is looked at with the secrets of every world', () => {
    expect(() => withoutSecrets(withExcerpt(two.token), [one.secrets.scanner])).not.toThrow()
    expect(() => withoutSecrets(withExcerpt(two.token), scanners)).toThrow(/access-token-1/)
  })

  test('with several tells how many', () => {
    const report = { ...withExcerpt(one.token), subject: { ...failing.subject, name: two.token } }
    expect(faultOf(() => withoutSecrets(report, scanners)).message).toMatch(/at \/subject\/name and 1 more;/)
  })
})

test('places are JSON Pointers', () => {
  expect(escapesIn({ 'a/b': [{ '~': one.token }] }, scanners)).toEqual([
    { ref: 'access-token-1', form: 'raw', place: '/a~1b/0/~0' },
  ])
})

describe('a journal', () => {
  const played = (line: string) => {
    const journal = openJournal({ scenario: 'lifecycle', door: 'tls', seed: 1 }, () => 0)
    journal.record('imap:1', 'imap.line.out', { line: '* OK ‹access-token-1›' })
    journal.record('imap:1', 'imap.line.out', { line })
    journal.record('token-endpoint', 'as.jwks.served', { kids: ['1'] })
    journal.record('scenario', 'scenario.end', { completed: true })
    return journal.seal()
  }

  test('without a secret stays what it is', () => {
    const journal = played('* BYE')
    expect(sealedWithoutSecrets(journal, one.secrets.scanner)).toBe(journal)
  })

  test('with one loses what holds it, and proves nothing any more', () => {
    const journal = sealedWithoutSecrets(played(`* BYE ${one.token}`), one.secrets.scanner)
    expect(all(journal, 'imap.line.out').map(({ fields }) => fields.line)).toEqual(['* OK ‹access-token-1›'])
    expect(all(journal, 'scenario.end').map(({ fields }) => fields)).toEqual([
      { completed: false, reason: 'a fault of ours: the journal holds ‹access-token-1› at imap:1#2/line' },
    ])
    expect(escapesIn(journal, scanners)).toEqual([])
    expect(Object.isFrozen(journal) && Object.isFrozen(journal.observations)).toBe(true)
  })
})

test('what a subject says of itself can be masked, value by value', () => {
  const said = { name: `client ${one.token}`, labels: [one.token, 'INBOX'], uid: 7, sha256: undefined, none: null }
  expect(masked(said, one.secrets)).toEqual({
    name: 'client ‹access-token-1›',
    labels: ['‹access-token-1›', 'INBOX'],
    uid: 7,
    sha256: undefined,
    none: null,
  })
})
