import { describe, expect, test } from 'vitest'
import { dyingProjects, livingProjects } from '../../fixtures/counterexamples/configurations/play-projects.ts'
import { rehearsed } from './rehearsed.fixture.ts'

/** Gmail’s name for a connection. */
const withoutId = (answer: string): string => answer.replace(/(Lookup failed) \S+/, '$1 …')

describe('a wrong configuration dies where Google would end it, in Google’s words', () => {
  test.each(dyingProjects)('$name', async ({ files, step, decides, answer }) => {
    const { steps } = await rehearsed(files)
    const last = steps.at(-1)!
    expect(last).toMatchObject({ step, outcome: 'refused' })
    expect(withoutId(last.answer)).toBe(answer)
    if (answer === '') expect(last.reason).toMatch(/^\w+/)
    expect(files[last.file]!.split('\n')[last.line - 1]).toContain(decides)
    for (const earlier of steps.slice(0, -1)) expect(earlier).toMatchObject({ outcome: 'done', answer: '' })
  })
})

describe('a good one lives', () => {
  test.each(livingProjects)('$name', async ({ files }) => {
    const { steps } = await rehearsed(files)
    expect(steps.filter(({ outcome }) => outcome !== 'done')).toEqual([])
    expect(steps.at(-1)).toMatchObject({ step: 'IMAP login after eight days', after: 8 * 24 * 3600 })
  })
})
