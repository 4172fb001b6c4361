import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Checked, examineProjects } from '../check-projects.ts'
import { folderProject } from '../gate/project.ts'
import { catalogue } from './catalogue.ts'
import { stopwatch } from './outcome.ts'
import { mend } from './mend.ts'

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'oauth-imap-mend-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

const gate = 'profiles:\n  development:\n    settings:\n      imap.host: imap.gmail.com\n      imap.port: 143\n'

async function looked(text = gate): Promise<{ readonly checked: Checked; readonly file: string }> {
  const file = join(folder, 'oauth-imap.gate.yaml')
  await writeFile(file, text)
  const settings = {
    ...{ projects: [folderProject('app', folder)], selection: { only: ['tls/*'], steps: [] } },
    ...{ strict: false, now: Date.UTC(2026, 0, 14), path: (_: string, path: string) => join(folder, path) },
  }
  return { checked: await examineProjects(settings, catalogue, { stopwatch }), file }
}

const printed: string[] = []
const terminal = { print: (text: string) => void printed.push(text), complain: () => {}, colour: false, unicode: true }

test('nobody agrees: the difference is shown, nothing is written, and it is told how to', async () => {
  const { checked, file } = await looked()
  expect(await mend(checked, async () => false, terminal)).toBe(false)
  expect(printed.join('\n')).toContain('-      imap.port: 143\n+      imap.port: 993')
  expect(printed.at(-1)).toContain('--fix --yes')
  expect(await readFile(file, 'utf8')).toBe(gate)
})

test('a person agrees: it is written', async () => {
  const { checked, file } = await looked()
  expect(await mend(checked, async () => true, terminal)).toBe(true)
  expect(await readFile(file, 'utf8')).toBe(gate.replace('143', '993'))
})

test('a file that changes while a person thinks is left alone, and so is one that is gone', async () => {
  const { checked, file } = await looked()
  const changing = async (): Promise<boolean> => {
    await writeFile(file, `# mine\n${gate}`)
    return true
  }
  expect(await mend(checked, changing, terminal)).toBe(false)
  expect(printed.at(-1)).toBe(`Left ${file} alone: it changed in the meantime.`)
  expect(await readFile(file, 'utf8')).toBe(`# mine\n${gate}`)
  const again = await looked()
  expect(await mend(again.checked, () => rm(file).then(() => true), terminal)).toBe(false)
  expect(printed.at(-1)).toBe(`Left ${file} alone: it is gone by now.`)
})

test('what is not in UTF-8 could not be written back as it was', async () => {
  const { checked, file } = await looked()
  await writeFile(file, Buffer.concat([Buffer.from(`${gate}# caf`), Buffer.from([0xe9, 0x0a])]))
  expect(await mend(checked, async () => true, terminal)).toBe(false)
  expect(printed.at(-1)).toContain('it is not in UTF-8')
})
