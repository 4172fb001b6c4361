import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTree } from './read-tree.ts'
import { readTextWithin } from './text-within.ts'
import { type Read, type Tree, follow, leavesOf, listOf, plain } from './tree.ts'

const treeOf = (read: Read): Tree => {
  if ('problem' in read) throw new Error(`${read.line}:${read.column}: ${read.problem}`)
  return read.tree
}
const problemOf = (path: string, text: string): string => {
  const read = readTree(path, text)
  return 'problem' in read ? `${read.line}:${read.column}: ${read.problem}` : 'none'
}
const placeOf = (path: string, text: string, pointer: string): string => {
  const found = follow(treeOf(readTree(path, text)), pointer)
  return found === undefined ? 'nowhere' : `${found.line}:${found.column}`
}

const syntaxes = ['a.json', 'a.yaml', 'a.toml', '.env'] as const

describe('every syntax tells values with their places', () => {
  test.each([
    ['a.json', '{\r\n  "a": {"b/c~d": [1, "x"]}\r\n}', '/a/b~1c~0d/1', '2:22'],
    ['a.json', '\uFEFF{"a": 1}', '/a', '1:7'],
    ['a.json', '[{"a": null}]', '/0/a', '1:8'],
    ['a.yaml', 'base: &b\n  host: h\nimap:\n  <<: *b\n  port: 1\n', '/imap/host', '2:9'],
    ['a.yaml', 'a: &x [1, 2]\nb: *x\n', '/b', '2:4'],
    ['a.toml', '[imap]\nhost = "h"\n[[list]]\na = 1\n[[list]]\na = 2\n', '/list/1/a', '6:5'],
    ['.env', '# c\nexport A="1"\r\nB=2 # c\n', '/B', '3:3'],
    ['.env', 'A="one\nB=no\n"\nB=yes', '/B', '4:3'],
  ])('%s %j %s stands at %s', (path, text, pointer, place) => {
    expect(placeOf(path, text, pointer)).toBe(place)
  })

  test('a leading zero leads to no member of a list', () => {
    expect(follow(treeOf(readTree('a.json', '[1, 2]')), '/01')).toBeUndefined()
  })

  test('merge keys fill gaps, the nearest first, and leave what is said', () => {
    const text = 'a: &a {x: 1, y: 1, z: 1}\nb: &b {y: 2, z: 2}\nc:\n  z: 3\n  <<: [*b, *a]\n'
    expect(plain(follow(treeOf(readTree('a.yaml', text)), '/c')!)).toEqual({ z: 3, y: 2, x: 1 })
  })

  test('of a repeated name the last one counts in JSON and environment files', () => {
    expect(plain(treeOf(readTree('a.json', '{"a": 1, "a": 2}')))).toEqual({ a: 2 })
    expect(plain(treeOf(readTree('.env', 'A=1\nA=2')))).toEqual({ A: '2' })
  })

  test('environment files are not interpolated', () => {
    expect(plain(treeOf(readTree('.env', 'A=$B\nC="${D}"\nE=\'a # b\'\nF=a # b')))).toEqual({
      A: '$B',
      C: '${D}',
      E: 'a # b',
      F: 'a',
    })
  })

  test('names of objects are no members', () => {
    for (const path of ['a.json', '.env'])
      expect(follow(treeOf(readTree(path, path === '.env' ? 'A=1' : '{}')), '/toString')).toBeUndefined()
  })
})

describe('what is no text of its syntax is told by its place and what was expected', () => {
  test.each([
    ['a.json', '', '1:1: it is empty'],
    ['a.json', '{"a": 1,}', '1:9: expected a member’s name in quotes'],
    ['a.json', '{"a" 1}', '1:6: expected a colon'],
    ['a.json', '{"a": 1} x', '1:10: expected'],
    ['a.json', '{"a": 1 // c\n}', '1:9: expected no comment: JSON has none'],
    ['a.yaml', 'a: 1\na: 2\n', '2:1: expected each name once'],
    ['a.yaml', 'a: 1\n---\nb: 2\n', '2:1: expected one document'],
    ['a.yaml', 'a: [1\n', '2:1: expected'],
    ['a.yaml', 'a:\n\t- 1\n', '2:1: expected blanks, not tabs, as indentation'],
    ['a.toml', 'a = 1\na = 2\n', '2:1: expected TOML'],
    ['a.toml', 'a = \n', '2:1: expected TOML'],
    ['.env', 'A=1\nnothing\n', '2:1: expected NAME=value'],
    ['.env', 'A=1\nB="x\n', '2:3: expected the quote that ends this value'],
    ['a.json', '\0\0', '1:1: expected UTF-8 text'],
    ['.env', 'A=\0', '1:3: expected UTF-8 text'],
    ['a.json', '['.repeat(100_000), '1:501: expected at most 500 levels'],
    ['a.yaml', '{"a":'.repeat(100_000), '1:2501: expected at most 500 levels'],
    ['a.toml', `a = ${'['.repeat(100_000)}`, '1:505: expected at most 500 levels'],
  ])('%s %#', (path, text, told) => {
    expect(problemOf(path, text)).toContain(told)
  })

  test('a bomb of aliases ends', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 12; i++)
      lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`)
    expect([...leavesOf(treeOf(readTree('a.yaml', lines.join('\n'))))].length).toBeLessThan(300_000)
  })

  test.each(syntaxes)('%s: never a throw, and never a word of the text', (path) => {
    const secret = 'qzxvjkw'
    const noise = fc.array(
      fc.constantFrom(
        secret,
        '{',
        '}',
        '[',
        ']',
        ':',
        ',',
        '"',
        "'",
        '\n',
        ' ',
        '=',
        '&a',
        '*a',
        '<<',
        '|',
        '#',
        '\\',
        '-',
      ),
    )
    fc.assert(
      fc.property(noise, (parts) => {
        expect(problemOf(path, parts.join(''))).not.toContain(secret)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a text within another file keeps its places', () => {
  const client = '{\n  "installed": {\n    "client_id": "x\\u0041y"\n  }\n}\n'
  const within = (path: string, source: string, pointer: string): string => {
    const outer = follow(treeOf(readTree(path, source)), pointer)!
    const tree = treeOf(readTextWithin(String(outer.value), source, outer))
    const { line, column } = follow(tree, '/installed/client_id')!
    return source
      .split('\n')
      [line - 1]!.slice(column - 1)
      .slice(0, 4)
  }
  const indented = (text: string, by: string): string => text.replaceAll(/^(?=.)/gm, by)

  test.each([
    ['a literal block', 'a.yaml', `a:\n  b: |\n${indented(client, '      ')}c: 1\n`, '/a/b', '"x\\u'],
    ['a folded block', 'a.yaml', `a:\n  b: >-\n${indented(client, '    ')}c: 1\n`, '/a/b', '"x\\u'],
    ['single quotes', '.env', `# c\nA='${client.trim()}'\n`, '/A', '"x\\u'],
    ['one line in quotes of YAML', 'a.yaml', `a: '{"installed": {"client_id": "xy"}}'\n`, '/a', '"xy"'],
    ['escapes of JSON', 'a.json', JSON.stringify({ a: '{"installed": {"client_id": "xy"}}' }), '/a', '\\"xy'],
    ['a text of TOML', 'a.toml', `a = '''\n${client}'''\n`, '/a', '"x\\u'],
  ])('%s', (_, path, source, pointer, seen) => {
    expect(within(path, source, pointer)).toBe(seen)
  })

  test('what cannot be followed stands where its text stands', () => {
    const read = readTextWithin('{"a": 1}', 'x: !!binary e30=\n', { line: 1, column: 4 })
    expect(follow(treeOf(read), '/a')).toMatchObject({ line: 1, column: 4 })
  })
})

test('blanks part a text into a list, and commas only where that is asked for', () => {
  const text: Tree = { line: 1, column: 1, value: 'a, b\nc' }
  expect(listOf(text)).toEqual(['a,', 'b', 'c'])
  expect(listOf(text, /[\s,]+/)).toEqual(['a', 'b', 'c'])
})

test('thousands of anchors and aliases are not looked for one by one', () => {
  const numbers = Array.from({ length: 4_000 }, (_, index) => index)
  const text = ['l:', ...numbers.map((at) => `  - &a${at} x${at}`), ...numbers.map((at) => `  - *a${at}`)].join('\n')
  const started = performance.now()
  const items = plain(follow(treeOf(readTree('a.yaml', `${text}\n`)), '/l')!) as readonly string[]
  // One by one it takes more than a second.
  expect(performance.now() - started).toBeLessThan(1_000)
  expect([items.length, items[4_000], items.at(-1)]).toEqual([8_000, 'x0', 'x3999'])
})

test('of an anchor that is set twice the last one before an alias counts', () => {
  expect(plain(treeOf(readTree('a.yaml', 'a: &x 1\nb: *x\nc: &x 2\nd: *x\n')))).toEqual({ a: 1, b: 1, c: 2, d: 2 })
})
