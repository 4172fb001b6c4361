import { beforeAll, describe, expect, test } from 'vitest'
import { projects } from '../../fixtures/counterexamples/configurations/index.ts'
import { checks } from '../../suites/catalogue/index.ts'
import { exampleConfiguration } from '../cli/subjects.ts'
import { findingsIn } from '../judge.ts'
import type { Finding } from '../model/finding.ts'
import type { MadeProject } from '../model/made-project.ts'
import { readText, walk } from '../runtime/files.ts'
import { rehearsed } from './rehearsed.fixture.ts'

/** What is played and what the checks of files say are two ways to one answer. */

let example: Readonly<Record<string, string>>
beforeAll(async () => {
  const { directory } = exampleConfiguration
  const files = (await walk(directory)).filter(({ kind }) => kind === 'file')
  example = Object.fromEntries(
    await Promise.all(files.map(async ({ path }) => [path, await readText(`${directory}/${path}`)] as const)),
  )
})

const filesOf = ({ empty, files }: MadeProject): Readonly<Record<string, string>> => {
  const made = new Map(empty === true ? [] : Object.entries(example))
  for (const [path, content] of Object.entries(files))
    if (content === null) made.delete(path)
    else made.set(path, typeof content === 'string' ? content : content(made.get(path) ?? ''))
  return Object.fromEntries(made)
}

const isWrong = (finding: Finding) => finding.finding === 'violated'
const rule = (id: string) => checks.find((check) => check.id === id)!

/** Rules whose breach ends a life, wherever the settings make the application do it. */
const deadly = new Set([
  'cfg/endpoints-google',
  'cred/client-id-format',
  'cred/custom-scheme',
  'cred/no-device-flow',
  'cred/redirect-registered',
  'consent/offline-asked',
  'consent/prod-published',
  'consent/scope-mail',
  'tls/implicit-993',
])
/** Why nobody can tell. */
const survives: Readonly<Record<string, string>> = {
  'service-account-elsewhere': 'nothing can be signed with the key of this project',
  'stage-called-test': 'it has no client that could sign in',
}

const breaches = projects.filter(({ expects }) =>
  expects.some(({ rule: id, as }) => as === undefined && deadly.has(id)),
)

describe('what the checks of files find deadly dies when it is played', () => {
  test.each(breaches.filter(({ name }) => !(name in survives)))('$name', async (made) => {
    const { journal } = await rehearsed(filesOf(made))
    expect(findingsIn(rule('cfg/plays'), journal).filter(isWrong)).not.toEqual([])
  })
})

describe('what has no flaw does not die', () => {
  const flawless = projects.filter(({ expects }) => expects.every(({ as }) => as === 'information'))
  test.each(flawless)('$name', async (made) => {
    const { journal } = await rehearsed(filesOf(made))
    expect(findingsIn(rule('cfg/plays'), journal).filter(isWrong)).toEqual([])
  })
})

test('the example lives, and its tests last a week', async () => {
  const { steps } = await rehearsed(example)
  const ends = Object.fromEntries(steps.map(({ profile, step, outcome }) => [profile, `${step}: ${outcome}`]))
  expect(ends).toEqual({
    development: 'refresh after eight days: refused',
    production: 'IMAP login after eight days: done',
  })
})
