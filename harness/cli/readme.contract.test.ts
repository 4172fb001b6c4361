import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runToEnd } from './program.fixture.ts'

/** The README’s first screen is what the program prints, line by line; `…` stands for lines left out. */

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(`${tmpdir()}/oauth-imap-readme-`)
})
afterAll(() => rm(directory, { recursive: true, force: true }))

test('the demonstration prints what the README shows', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const shown = readme.split('```')[3]!.trim().split('\n')
  expect(shown[0]).toContain('Playing the built-in example')
  const { stdout, code } = await runToEnd(['demo', '--out', directory], directory)
  expect(code).toBe(0)
  const printed = stdout.split('\n')
  for (const line of shown.filter((text) => text.trim() !== '…')) expect(printed).toContain(line)
})
