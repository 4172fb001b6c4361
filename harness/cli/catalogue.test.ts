import { describe, expect, test } from 'vitest'
import { counterexamples } from '../../fixtures/counterexamples/index.ts'
import { steps } from '../model/step.ts'
import { allChecks, catalogue, checksByStep, judgedBy, liveCatalogue } from './catalogue.ts'
import type { Invocation } from './command.ts'
import { run as explain } from './commands/explain.ts'
import { run as list } from './commands/list.ts'
import { run as tellSteps } from './commands/steps.ts'
import { findCounterexample } from './subjects.ts'

/** What is read about checks, those of live runs among them. */

async function told(
  command: (invocation: Invocation) => Promise<number>,
  { arguments: given = [], options = {} }: Partial<Pick<Invocation, 'arguments' | 'options'>> = {},
): Promise<string> {
  const printed: string[] = []
  const terminal = {
    print: (text: string) => void printed.push(text),
    complain: (line: string) => void printed.push(line),
    ...{ colour: false, unicode: true },
  }
  expect(await command({ arguments: given, options, terminal })).toBe(0)
  return printed.join('\n')
}

const isLive = ({ id }: { readonly id: string }): boolean => liveCatalogue.checks.some((check) => check.id === id)

test('each check is judged by the commands that play it', () => {
  for (const check of liveCatalogue.checks) expect(judgedBy(check)).toEqual(['live'])
  for (const check of catalogue.checks) expect(judgedBy(check)).toContain('run')
  const byFiles = catalogue.checks.filter((check) => judgedBy(check).includes('check'))
  expect(byFiles.map(({ id }) => id)).toEqual(
    catalogue.checks.filter(({ scenarios }) => scenarios.includes('configuration')).map(({ id }) => id),
  )
  expect(byFiles.length).toBeGreaterThan(20)
})

test('the list has every check, in the order of the steps', async () => {
  const lines = (await told(list)).split('\n')
  expect(lines.map((line) => line.trim().split(/\s+/)[1])).toEqual(checksByStep.map(({ id }) => id))
  expect(checksByStep.length).toBe(allChecks.length)
  expect(lines.find((line) => line.includes(' live/refresh '))).toMatch(/^ 9 {2}live\/refresh +MUST +RFC +live +The /)

  const listed = JSON.parse(await told(list, { options: { json: true } })) as readonly {
    readonly id: string
    readonly judgedBy: readonly string[]
    readonly counterexamples: readonly unknown[]
  }[]
  expect(listed.map(({ id }) => id)).toEqual(checksByStep.map(({ id }) => id))
  for (const { counterexamples: named } of listed) expect(named.length).toBeGreaterThan(0)
  expect(listed.find(({ id }) => id === 'live/label')?.judgedBy).toEqual(['live'])
})

describe.each(allChecks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  test('is explained', async () => {
    const text = await told(explain, { arguments: [id] })
    expect(text).toContain(`Judged by   ${isLive(check) ? 'oauth-imap live' : 'oauth-imap '}`)
    // Nobody can play at the example what only a live run meets.
    expect(text.includes('demo --break')).toBe(!isLive(check))
    for (const name of check.counterexamples) expect(text).toContain(name)
  })
})

test.each(steps.map(({ number }) => [number]))(
  'step %d tells its checks, and which are judged live',
  async (number) => {
    const lines = (await told(tellSteps, { arguments: [String(number)] })).split('\n')
    const shown = lines.filter((line) => line.startsWith('  '))
    const own = checksByStep.filter(({ step }) => step === number)
    expect(shown).toEqual(own.map((check) => `  ${check.id}  ${check.title}${isLive(check) ? ' (live)' : ''}`))
    expect(lines.some((line) => line.startsWith(`Live: npx oauth-imap live --step ${number} `))).toBe(own.some(isLive))
  },
)

test('what a live run alone meets is told so where a story is to play it', () => {
  const observed = counterexamples.filter(({ kind }) => kind === 'observation')
  expect(observed.length).toBeGreaterThan(20)
  for (const { name, breaks } of observed)
    expect(() => findCounterexample(name)).toThrow(
      expect.objectContaining({ code: 'USAGE', hint: expect.stringContaining(breaks) }),
    )
})
