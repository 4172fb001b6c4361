import { toJsonSchema } from '@valibot/to-json-schema'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { Fault } from '../model/fault.ts'
import { readText } from '../runtime/files.ts'
import { fileURLToPath } from '../runtime/path.ts'
import { readWorldFile } from './world-file.ts'
import { worldSchema } from './world-schema.ts'

const example = fileURLToPath(new URL('../../fixtures/worlds/example.yaml', import.meta.url))

/** The fault that a text ends in, without its hint. */
function flawOf(text: string): string {
  try {
    readWorldFile(text, 'world.yaml')
    return 'none'
  } catch (error) {
    expect(error).toBeInstanceOf(Fault)
    expect(error).toMatchObject({ code: 'SETTINGS_INVALID', hint: expect.stringMatching(/\.$/) })
    return (error as Fault).message
  }
}

const secret = 'GOCSPX-very-secret-value-0001'
const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...Array.from('bcdefghi', (name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(', ')}]`),
].join('\n')

describe('a file that is no YAML is told with the place', () => {
  test.each([
    ['clients: [\n - a: b: c', ' (line 2, column 7) is no YAML: Nested mappings are not allowed in compact mappings.'],
    ['\tclients: []', ' (line 1, column 1) is no YAML: Tabs are not allowed as indentation.'],
    ['clients: []\n---\naccounts: []', ' (line 2, column 1) is no YAML: Source contains multiple documents.'],
    ['clients: !!js/function "x"', ' (line 1, column 10) is no YAML: Unresolved tag.'],
    ['? {a: b}\n: 2', ' (line 1, column 3) is no YAML: With stringKeys, all keys must be strings.'],
    [`{"clients": [}`, / \(line 1, column 14\) is no YAML: Flow sequence in block collection must be /],
    [`clients: [] ]${secret}`, ' (line 1, column 13) is no YAML: Unexpected flow-seq-end token in YAML stream.'],
    ['clients: *nobody', ' (line 1, column 10): there is no anchor of this name before it.'],
    ['accounts: []\nclients: []\naccounts: []', ' (line 3, column 1): accounts stands here a second time.'],
    [`${secret}: 1\n${secret}: 2`, ' (line 2, column 1): this key stands here a second time.'],
  ])('%j', (text, flaw) => {
    if (typeof flaw === 'string') expect(flawOf(text)).toBe(`world.yaml${flaw}`)
    else expect(flawOf(text)).toMatch(flaw)
  })
})

describe('a file that is no world is told with place, expectation and the nearest name', () => {
  const kinds = '("desktop" | "web" | "android" | "ios" | "chrome" | "tv")'
  test.each([
    ['[]', ' (line 1, column 1): expected an object, saw a list.'],
    ['42', ' (line 1, column 1): expected Object, saw a number.'],
    ['acounts: []', ' (line 1, column 1): there is no such member; did you mean accounts?'],
    ['1: 2', ' (line 1, column 1): there is no such member; did you mean gmail?'],
    ['__proto__: {}', ' (line 1, column 1): there is no such member; did you mean projects?'],
    [
      'clients:\n  - type: web\n    redirectURIs: []',
      ' (line 3, column 5): clients.0: there is no such member; did you mean redirectUris?',
    ],
    ['clients:\n  - type: desktp', ` (line 2, column 11): clients.0.type: expected ${kinds}, saw another text.`],
    ['clients:\n  - project: mail', ' (line 2, column 5): clients.0.type is missing.'],
    ['accounts:', ' (line 1, column 10): accounts: expected Array, saw null.'],
    [
      'accounts: [{address: alice}]',
      ' (line 1, column 22): accounts.0.address: expected an address such as alice@example.com.',
    ],
    [
      'accounts:\n  - address: a@example.com\n    sub: 110169484474386276334',
      ' (line 3, column 10): accounts.0.sub: expected string, saw a number.',
    ],
    [
      'projects:\n  mail:\n    userType: intern',
      ' (line 3, column 15): projects.mail.userType: expected ("external" | "internal"), saw another text.',
    ],
    [
      'clients:\n  - &one {type: web, redirectUris: [nowhere]}\n  - *one',
      ' (line 2, column 37): clients.0.redirectUris.0: expected a URI such as https://example.com/callback.',
    ],
    [
      `clients:\n  - {type: web, secret: short}`,
      ' (line 2, column 25): clients.0.secret: expected 12 to 200 printable characters.',
    ],
    [
      'google:\n  switches:\n    refreshTokenRotatoin: true',
      ' (line 3, column 5): google.switches: there is no such member; did you mean refreshTokenRotation?',
    ],
    [
      'gmail: {switches: {connectionsPerAccount: many}}',
      ' (line 1, column 43): gmail.switches.connectionsPerAccount: expected number, saw another text.',
    ],
    [
      'accounts: [{address: a@example.com, messages: [{text: x, flags: [\\Recent]}]}]',
      ' (line 1, column 66): accounts.0.messages.0.flags.0: expected a flag such as \\Seen, or a keyword.',
    ],
    [
      'accounts: [{address: a@example.com, messages: [{text: x, date: yesterday}]}]',
      ' (line 1, column 64): accounts.0.messages.0.date: expected a date and time such as 2026-01-14T09:00:00Z.',
    ],
  ])('%j', (text, flaw) => {
    expect(flawOf(text)).toBe(`world.yaml${flaw}`)
  })
})

test('a number where a text is wanted wants quotes', () => {
  expect(() => readWorldFile('accounts: [{address: a@b, sub: 1}]', 'w')).toThrow(
    expect.objectContaining({ hint: 'Put it in quotes.' }),
  )
})

describe('a file that would take too much is refused in time', () => {
  test.each([
    ['aliases that grow by nine at each line', bomb, ' holds more than 100000 values, aliases followed.'],
    ['an alias inside of what it names', 'clients: &a [*a]', ' holds more than 100000 values, aliases followed.'],
    ['aliases without number', `x: &a 1\ny: [${'*a, '.repeat(40_000)}]`, /more than 200 aliases\.$/],
    ['a long text', 'a'.repeat(200_001), ' is longer than 200000 characters.'],
    ['lists in lists', '['.repeat(190_000), ' is nested too deeply.'],
    ['maps in maps', '{a: '.repeat(49_000), ' is nested too deeply.'],
    ['quotes', '"'.repeat(199_999), /is no YAML/],
    ['keys', Array.from({ length: 20_000 }, (_, index) => `k${index}:`).join('\n'), /there is no such member/],
  ])('%s', (_, text, flaw) => {
    const told = flawOf(text)
    if (typeof flaw === 'string') expect(told).toBe(`world.yaml${flaw}`)
    else expect(told).toMatch(flaw)
  })
})

test('no value of a file is repeated: it may be a secret in the wrong place', () => {
  const places = [
    `clients: ${secret}`,
    `clients: [{type: ${secret}}]`,
    `clients: [{type: web, redirectUris: ["${secret} "]}]`,
    `accounts: [{address: ${secret}}]`,
    `${secret}: 1`,
    `projects: {${secret}: {name: 1}}`,
  ]
  for (const text of places) expect(flawOf(text)).toMatch(/^world\.yaml \(line 1, (?!.*GOCSPX)/)
})

test.each(['', '# nothing\n', '{}', 'null', '\ufeff{}'])('%j leaves everything as it is', (text) => {
  expect(readWorldFile(text, 'w').world).toEqual({})
})

test('a fault that is found later has its place too', () => {
  const read = readWorldFile('clients:\n  - &a {type: desktop, project: mail}\n  - *a', 'w')
  expect(read.fault(['clients', 1, 'project'], 'no', 'Ask.').message).toBe('w (line 2, column 33): no.')
  expect(read.fault(['clients', 0, 'id'], 'no').message).toBe('w (line 2, column 8): no.')
})

describe('the published schema', () => {
  const generated = `${JSON.stringify(
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      ...toJsonSchema(worldSchema, { target: 'draft-2020-12' }),
    },
    null,
    2,
  )}\n`

  test('is that of the program', async () => {
    await expect(generated).toMatchFileSnapshot('world.schema.json')
  })

  const valid = new Ajv2020({ allowUnionTypes: true, formats: { uri: true, 'date-time': true } }).compile(
    JSON.parse(generated) as object,
  )

  test('takes the example, as the program does', async () => {
    const text = await readText(example)
    expect([valid(parse(text)), valid.errors]).toEqual([true, null])
    expect(flawOf(text)).toBe('none')
    // JSON is YAML.
    expect(flawOf(JSON.stringify(parse(text)))).toBe('none')
  })

  test.each([
    'acounts: []',
    'clients: [{type: desktp}]',
    'clients: [{project: mail}]',
    'accounts: [{address: alice}]',
    'google: {switches: {tokenQuota: -1}}',
    'accounts: [{address: a@b, messages: [{flags: [\\Recent]}]}]',
  ])('refuses %j, as the program does', (text) => {
    expect([valid(parse(text)), flawOf(text)]).toEqual([false, expect.not.stringMatching(/^none$/)])
  })
})
