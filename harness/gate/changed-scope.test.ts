import { describe, expect, test } from 'vitest'
import { checkOf, journalOf, said, secretRef } from '../hand-made.fixture.ts'
import { findingsIn } from '../judge.ts'
import { type Check, each, whole } from '../model/check.ts'
import { satisfied } from '../model/finding.ts'
import { all } from '../model/observation.ts'
import { changedScope } from './changed-scope.ts'

const place = { line: 1, column: 1 }
const told = journalOf(
  { scenario: 'configuration' },
  said(0, 'configuration', 'config.file', { ...place, file: 'gate.yaml', profile: '', kind: 'gate' }),
  said(0, 'configuration', 'config.file', { ...place, file: 'facts.yaml', profile: '', kind: 'attestation' }),
  said(0, 'configuration', 'config.file', { ...place, file: 'client.json', profile: 'production', kind: 'web' }),
  said(0, 'configuration', 'config.file', { ...place, file: 'app.yaml', profile: 'production', kind: 'settings' }),
  ...['app.yaml', 'other.yaml'].map((file) =>
    said(0, 'configuration', 'config.value', {
      ...{ ...place, file, pointer: '/a', profile: file === 'app.yaml' ? 'production' : 'development' },
      ...{ name: 'runtime', value: 'x', source: 'literal' },
    }),
  ),
  said(0, 'repository', 'repository.secret', {
    ...{ ...place, file: 'old.json', credential: 'client-secret', secret: secretRef('client-secret-1') },
    ...{ where: 'history', commit: 'abc' },
  }),
  said(0, 'repository', 'repository.exposure', {
    ...place,
    file: '.env',
    way: 'image',
    by: 'COPY . .',
    excludedBy: null,
  }),
)

/** How many findings of a check are left when these files and commits changed. */
function left(observes: Check['observes'], ...changed: readonly string[]): number {
  const changes = {
    hasFile: (path: string) => changed.includes(path),
    hasAround: (_: string, name: RegExp) => changed.some((path) => name.test(path)),
    hasCommit: (one: string) => changed.includes(one),
  }
  return findingsIn(
    checkOf({ observes, judge: () => satisfied() }),
    told,
    changedScope('main', new Map([[told, changes]])),
  ).length
}

const values = each('config.value', 'value') as Check['observes']
const both = whole(['config.value'], 'values', (journal) => ({
  deep: [{ of: all(journal, 'config.value') }],
})) as Check['observes']

describe('a finding counts when what it rests on changed', () => {
  test.each([
    ['its own file', values, ['app.yaml'], 1],
    ['the client of its profile', values, ['client.json'], 1],
    ['the gate file, which leads to everything', values, ['gate.yaml'], 2],
    ['the attestation', values, ['facts.yaml'], 2],
    ['a file beside', values, ['README.md'], 0],
    ['nothing', values, [], 0],
    ['any file of a fact', both, ['other.yaml'], 1],
    ['the commit of a credential', each('repository.secret', 'secret') as Check['observes'], ['abc'], 1],
    ['not the gate file of a credential', each('repository.secret', 'secret') as Check['observes'], ['gate.yaml'], 0],
    ['the list of what no image takes', each('repository.exposure', 'way') as Check['observes'], ['.dockerignore'], 1],
    ['not the client of a way out', each('repository.exposure', 'way') as Check['observes'], ['client.json'], 0],
  ] as const)('%s', (_, observes, changed, count) => {
    expect(left(observes, ...changed)).toBe(count)
  })

  test('a project whose changes nobody asked for is judged whole', () => {
    const scope = changedScope('main', new Map())
    expect(findingsIn(checkOf({ observes: values, judge: () => satisfied() }), told, scope)).toHaveLength(2)
  })
})
