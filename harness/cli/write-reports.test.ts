import { readFile, readdir } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { failing } from '../../reports/samples/failing.ts'
import { gate } from '../../reports/samples/gate.ts'
import { hostile } from '../../reports/samples/hostile.ts'
import { makeTemporaryDirectory, removeTree } from '../runtime/files.ts'
import { join } from '../runtime/path.ts'
import { beside, destinations, prepare, tellReport } from './write-reports.ts'

let directory: string
beforeAll(async () => {
  directory = await makeTemporaryDirectory('oauth-imap-reports')
})
afterAll(() => removeTree(directory))

let printed: string[] = []
beforeEach(() => {
  printed = []
})
const terminal = { print: (text: string) => void printed.push(text), complain: () => {}, colour: false, unicode: true }
const lines = (): string[] => printed.join('\n').split('\n')

test('each format has its own file in the folder, and workflow commands go to standard output', () => {
  expect(
    destinations(['sarif', 'junit', 'markdown', 'github', 'json=a=b.json'], 'out').map(({ file }) => file),
  ).toEqual(['out/report.sarif', 'out/junit.xml', 'out/report.md', '-', 'a=b.json'])
  expect(() => destinations(['github', 'json=-'], 'out')).toThrow('Two reports would be written to standard output.')
})

test('a report on standard output stands there alone, the others are written all the same', async () => {
  const out = join(directory, 'alone')
  const places = destinations(['json=-', 'markdown'], out)
  await prepare(places)
  await tellReport(failing, places, terminal)
  expect(JSON.parse(printed.join('\n'))).toEqual(failing)
  expect(await readdir(out)).toEqual(['report.md'])
})

test('workflow commands stand behind what a person reads, and in no other file', async () => {
  const out = join(directory, 'commands')
  const places = destinations(['github', 'terminal', 'markdown'], out)
  await prepare(places)
  await tellReport(gate, places, terminal)
  const [stop, first] = lines()
  const token = /^::stop-commands::([0-9a-f-]{36})$/.exec(stop!)?.[1]
  expect(first).toMatch(/^✗ 1 of 3 configurations does not conform/)
  const resumed = lines().indexOf(`::${token}::`)
  expect(lines()[resumed - 1]).toBe(`Reports: ${out}/report.txt, ${out}/report.md`)
  expect(
    lines()
      .slice(resumed + 1)
      .every((line) => /^::(error|warning|notice) /.test(line)),
  ).toBe(true)
  expect(lines().slice(resumed + 1)).toHaveLength(7)
  for (const name of await readdir(out)) expect(await readFile(join(out, name), 'utf8')).not.toMatch(/^\s*::/m)
})

test('a runner obeys no text of a foreign hand', async () => {
  await tellReport(hostile, destinations(['github'], directory), terminal)
  const token = /^::stop-commands::(.*)$/.exec(lines()[0]!)![1]!
  const obeyed = lines().filter((line) => line.trimStart().startsWith('::'))
  const from = obeyed.indexOf(`::${token}::`)
  expect(from).toBeGreaterThan(0)
  expect(lines().filter((line) => line.includes(token))).toHaveLength(2)
  for (const line of obeyed.slice(from + 1)) expect(line).toMatch(/^::(error|warning|notice) /)
})

test('without workflow commands nothing of a runner is printed', async () => {
  await tellReport(gate, [], terminal)
  expect(lines().some((line) => line.startsWith('::'))).toBe(false)
})

test('what is told before the result does not stand in a report on standard output', () => {
  const complained: string[] = []
  const speaker = { ...terminal, complain: (line: string) => void complained.push(line) }
  beside(destinations(['json=-'], directory), speaker).print('playing\nplayed')
  expect([printed, complained]).toEqual([[], ['playing', 'played']])
  beside(destinations(['json'], directory), speaker).print('playing')
  expect(printed).toEqual(['playing'])
})
