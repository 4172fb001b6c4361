import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { applied, editOf } from './fix-value.ts'
import { readTree } from './read-tree.ts'
import { type Tree, follow, plain, textOf } from './tree.ts'

/** The text with the value at a pointer replaced; undefined where that is not safe. */
function mended(path: string, text: string, pointer: string, replacement: string): string | undefined {
  const read = readTree(path, text)
  const spot = 'tree' in read ? follow(read.tree, pointer) : undefined
  const edit = spot && editOf(path, text, spot, replacement)
  return edit && applied(text, [edit])
}

describe('one value becomes another, and every other byte stays', () => {
  test.each([
    ['a.json', '{ "a": "x",\r\n\t"b" : [1,"143"] }', '/b/1', '993', '{ "a": "x",\r\n\t"b" : [1,"993"] }'],
    ['a.json', '{"port":143,"x":true}', '/port', '993', '{"port":993,"x":true}'],
    ['a.json', '{"tls":false}', '/tls', 'implicit', '{"tls":"implicit"}'],
    ['a.json', '{"verify":false}', '/verify', 'true', '{"verify":true}'],
    ['a.json', '\uFEFF{"a":"b"}', '/a', 'c"\\', '\uFEFF{"a":"c\\"\\\\"}'],
    ['a.yaml', '# top\nimap:\n  port: 143   # plain\n', '/imap/port', '993', '# top\nimap:\n  port: 993   # plain\n'],
    ['a.yaml', "a: 'it''s' # c\nb: 1\n", '/a', "o'clock", "a: 'o''clock' # c\nb: 1\n"],
    ['a.yaml', 'a: {x: none, y: "none"}\n', '/a/x', 'true', 'a: {x: "true", y: "none"}\n'],
    ['a.yaml', 'a: [openid, http://b.test/#c]\n', '/a/1', 'https://b.test/#c', 'a: [openid, https://b.test/#c]\n'],
    ['a.yaml', 'a: two words # c\n', '/a', 'one', 'a: one # c\n'],
    ['a.yaml', 'a: !!str 143\n', '/a', '993', 'a: !!str 993\n'],
    ['a.yaml', 'a: &x b\nc: *x\n', '/c', 'd', 'a: &x b\nc: d\n'],
    ['a.toml', 'x = 1\n[imap]\nport = 143 # c\n', '/imap/port', '993', 'x = 1\n[imap]\nport = 993 # c\n'],
    ['a.toml', "host = 'a.test'\n", '/host', 'b.test', "host = 'b.test'\n"],
    ['a.toml', 't = {on = false, n = 1}\n', '/t/on', 'true', 't = {on = true, n = 1}\n'],
    ['.env', 'export PORT=143 # c\nA="b"\n', '/PORT', '993', 'export PORT=993 # c\nA="b"\n'],
    ['.env', 'A=1\r\nHOST="a.test" # c\r\n', '/HOST', 'b.test', 'A=1\r\nHOST="b.test" # c\r\n'],
    ['.env', "HOST='a.test'\n", '/HOST', 'b.test', "HOST='b.test'\n"],
  ])('%s %j', (path, text, pointer, replacement, after) => {
    expect(mended(path, text, pointer, replacement)).toBe(after)
  })

  test.each([
    ['a list', 'a.yaml', 'a: [b]\n', '/a', 'c'],
    ['an object', 'a.json', '{"a":{}}', '/a', 'c'],
    ['nothing', 'a.yaml', 'a:\nb: 1\n', '/a', 'c'],
    ['a text of several lines', 'a.yaml', 'a: |\n  b\n  c\n', '/a', 'c'],
    ['a plain text of several lines', 'a.yaml', 'a: b\n  c\nd: 1\n', '/a', 'c'],
    ['a value that others repeat', 'a.yaml', 'a: &x b\nc: *x\n', '/a', 'd'],
    ['a mapping that others merge', 'a.yaml', 'a: &x {p: 1}\nb:\n  <<: *x\n', '/a/p', '2'],
    ['a new line', 'a.json', '{"a":"b"}', '/a', 'c\nd'],
    ['a file that cannot be read', 'a.json', '{"a":"b"', '/a', 'c'],
  ])('%s is left alone', (_, path, text, pointer, replacement) => {
    expect(mended(path, text, pointer, replacement)).toBeUndefined()
  })

  test('a place where nothing stands is left alone', () => {
    for (const spot of [
      { line: 9, column: 1 },
      { line: 1, column: 99 },
      { line: 1, column: 1 },
    ])
      expect(editOf('a.json', '{"a":"b"}', spot, 'c')).toBeUndefined()
  })
})

/** Documents as people write them: quotes, comments and layouts of all kinds around texts, numbers and flags. */
const name = fc.stringMatching(/^[a-z][a-zA-Z_]{0,7}$/)
const word = fc.oneof(
  fc.stringMatching(/^[ -~]{0,12}$/),
  fc.constantFrom('true', '143', 'null', 'a # b', "it's", '"', '- x', 'a: b', '{', 'https://mail.google.com/', '…'),
)
const scalar = fc.oneof(word, fc.integer({ min: -9999, max: 9999 }), fc.boolean())
const flat = fc.dictionary(name, scalar, { minKeys: 1, maxKeys: 6, noNullPrototype: true })
const nested = fc.dictionary(name, fc.oneof(scalar, fc.array(scalar, { minLength: 1, maxLength: 4 }), flat), {
  minKeys: 1,
  maxKeys: 5,
  noNullPrototype: true,
})

const commented = (text: string): string =>
  text.replaceAll(/^(.*[^\s|>-].*)$/gm, (line) => `# of ${line.length}\n${line}`)
const toml = (value: unknown): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? `{ ${Object.entries(value)
        .map(([key, member]) => `${key} = ${toml(member)}`)
        .join(', ')} }`
    : JSON.stringify(value)

const written: Readonly<Record<string, (value: Record<string, unknown>, choice: number) => string>> = {
  'a.json': (value, choice) => JSON.stringify(value, undefined, [0, 2, '\t'][choice % 3]),
  'a.yaml': (value, choice) => {
    const defaultStringType = (['PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE'] as const)[choice % 3]!
    const text = stringify(value, {
      defaultStringType,
      collectionStyle: choice % 2 === 0 ? 'any' : 'flow',
      lineWidth: 0,
    })
    return choice % 2 === 0 ? commented(text) : text
  },
  'a.toml': (value, choice) =>
    Object.entries(value)
      .map(
        ([key, member]) => `${key}${choice % 2 === 0 ? '=' : ' = '}${toml(member)}${choice % 3 === 0 ? ' # x' : ''}\n`,
      )
      .join(''),
  '.env': (value, choice) =>
    Object.entries(value)
      .filter(([, member]) => !/["\\\n]/.test(String(member)))
      .map(
        ([key, member]) => `${key}="${String(member)}"${choice % 2 === 0 ? ' # x' : ''}${choice % 3 ? '\n' : '\r\n'}`,
      )
      .join(''),
}

const scalars = (tree: Tree, pointer = ''): readonly string[] =>
  tree.value === undefined
    ? [...(tree.members ?? new Map((tree.items ?? []).map((item, index) => [String(index), item])))].flatMap(
        ([key, member]) => scalars(member, `${pointer}/${key}`),
      )
    : [pointer]

const others = (tree: Tree, pointer: string): readonly unknown[] =>
  scalars(tree)
    .filter((other) => other !== pointer)
    .map((other) => [other, plain(follow(tree, other)!)])

const commentBehind = (text: string, offset: number): string =>
  / # x(?=\r?$)/.exec(text.slice(offset).split('\n')[0]!)?.[0] ?? ''

describe.each(Object.keys(written))('%s, as generated', (path) => {
  test('a fix changes its value, no other value and nothing outside it', () => {
    let changed = 0
    fc.assert(
      fc.property(
        path === '.env' ? flat : nested,
        fc.nat(5),
        fc.nat(),
        fc.oneof(word, fc.constantFrom('993', 'implicit', 'true')),
        (value, choice, index, replacement) => {
          const text = written[path]!(value, choice)
          const read = readTree(path, text)
          if (!('tree' in read)) return
          const pointers = scalars(read.tree)
          const pointer = pointers[index % pointers.length]
          if (pointer === undefined) return
          const spot = follow(read.tree, pointer)!
          const edit = editOf(path, text, spot, replacement)
          if (edit === undefined) return
          changed += 1
          const after = readTree(path, applied(text, [edit])) as { readonly tree: Tree }
          expect(textOf(follow(after.tree, pointer)!)).toBe(replacement)
          expect(others(after.tree, pointer)).toEqual(others(read.tree, pointer))
          const line = text.slice(0, edit.from).split('\n').length
          expect(line).toBe(spot.line)
          expect(text.slice(edit.from, edit.to)).not.toContain('\n')
          expect(commentBehind(applied(text, [edit]), edit.from)).toBe(commentBehind(text, edit.from))
        },
      ),
      { numRuns: 400, seed: 7 },
    )
    // A property about what never happened would hold too.
    expect(changed).toBeGreaterThan(200)
  })
})
