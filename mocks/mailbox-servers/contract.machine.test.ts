import { mkdir, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { places } from './contract/deviations.fixture.ts'
import { play } from './contract/player.fixture.ts'
import type { ServerName } from './contract/row.fixture.ts'
import { rows } from './contract/rows.fixture.ts'
import { type ContractServer, servers } from './contract/servers.fixture.ts'
import { type Step, readStory } from './contract/story.fixture.ts'
import { type Told, contractTable } from './contract/table.fixture.ts'
import { compare } from './contract/verdict.fixture.ts'

/** What every server behind Gmail’s front must answer: what one answers otherwise is listed with its reason, or is a bug. */
const names = Object.keys(servers) as ServerName[]
const told: Told[] = []
const descriptions = {} as Record<ServerName, string>
const reports = new URL('../../conformance-report/', import.meta.url)

describe.each(names)('%s', (name) => {
  let server: ContractServer
  beforeAll(async () => {
    server = await servers[name]()
    descriptions[name] = server.description
  })
  afterAll(() => server?.[Symbol.asyncDispose]())

  test.each(rows)('$title', async (row) => {
    const known = places[name].filter((place) => place.row === row.title)
    const at = ({ line }: Step) => known.filter((place) => place.line === line)
    const expected = (step: Step): readonly string[] => {
      const lacked = at(step).flatMap(({ lacks }) => lacks)
      return [...step.answers.filter((answer) => !lacked.includes(answer)), ...at(step).flatMap(({ has }) => has)]
    }
    const steps = readStory(row.story)
    const heard = await play(server, row, steps, expected)
    const compared = steps.map((step, index) => ({ step, ...compare(step.answers, heard[index]!, at(step)) }))
    expect(compared.flatMap(({ step, unlisted }) => unlisted.map((each) => `${step.line}: ${each}`))).toEqual([])
    expect(compared.flatMap(({ stale }) => stale)).toEqual([])
    const seen = compared.flatMap((each) => each.seen)
    expect(seen).toHaveLength(known.length)
    told.push({ server: name, row, answers: steps.flatMap(({ answers }) => answers).length, seen })
  })
})

test('the contract can be read', async () => {
  expect(told).toHaveLength(names.length * rows.length)
  await mkdir(reports, { recursive: true })
  await writeFile(new URL('mailbox-servers.md', reports), contractTable(told, descriptions, rows))
  const otherwise = names.map((name) => {
    const own = told.filter(({ server }) => server === name)
    return `${name} ${own.filter(({ seen }) => seen.length === 0).length} as they must be`
  })
  process.stdout.write(
    `mailbox servers: ${rows.length} rows, ${otherwise.join(', ')}: conformance-report/mailbox-servers.md\n`,
  )
})
