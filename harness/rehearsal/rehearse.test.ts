import { describe, expect, test } from 'vitest'
import { dyingProjects, livingProjects } from '../../fixtures/counterexamples/configurations/play-projects.ts'
import { virtualProject } from '../gate/project.ts'
import { readProject } from '../gate/read-project.ts'
import { openJournal } from '../journal.ts'
import { all } from '../model/observation.ts'
import { createRandom } from '../random.ts'
import { openSecrets } from '../secrets.ts'
import { rehearse } from './rehearse.ts'

const now = Date.UTC(2026, 0, 14, 9)

async function played(files: Readonly<Record<string, string>>) {
  const secrets = openSecrets(createRandom(0))
  const journal = openJournal({ scenario: 'configuration', door: 'interception', seed: 0 }, () => 0)
  await readProject(virtualProject('project', files), { journal, secrets, now, played: true })
  await rehearse({ journal, secrets, now })
  const sealed = journal.seal()
  return { journal: sealed, secrets, steps: all(sealed, 'config.played').map(({ fields }) => fields) }
}

describe('a wrong configuration dies where Google would end it, in Google’s words', () => {
  test.each(dyingProjects)('$name', async ({ files, step, decides, answer }) => {
    const { steps } = await played(files)
    const last = steps.at(-1)!
    expect(last).toMatchObject({ step, outcome: 'refused', answer })
    if (answer === '') expect(last.reason).toMatch(/^\w+/)
    expect(files[last.file]!.split('\n')[last.line - 1]).toContain(decides)
    for (const earlier of steps.slice(0, -1)) expect(earlier).toMatchObject({ outcome: 'done', answer: '' })
  })
})

describe('a good one lives', () => {
  test.each(livingProjects)('$name', async ({ files }) => {
    const { steps } = await played(files)
    expect(steps.filter(({ outcome }) => outcome !== 'done')).toEqual([])
    expect(steps.at(-1)).toMatchObject({ step: 'IMAP login after eight days', after: 8 * 24 * 3600 })
  })
})
