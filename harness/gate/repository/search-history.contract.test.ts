import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeSecret } from '../../../fixtures/counterexamples/configurations/fake-credentials.ts'
import { makeTemporaryDirectory, removeTree } from '../../runtime/files.ts'
import { join } from '../../runtime/path.ts'
import { openRepository, readFolder } from './repository.fixture.ts'

/** Every version of every file, wherever the history keeps it. */

const holding = (seed: number): string => `secret = '${fakeSecret(seed)}'\n`
let home: string
beforeEach(async () => {
  home = await makeTemporaryDirectory('history')
})
afterEach(() => removeTree(home))

test('what a partial clone lacks is told, and nothing is fetched for it', async () => {
  const origin = await openRepository(join(home, 'origin'))
  await origin.commit({ 'mail.py': holding(1), 'large.txt': 'x'.repeat(5000) })
  await origin.commit({ 'mail.py': 'gone\n', 'large.txt': 'small\n' })
  await origin.git('config', 'uploadpack.allowFilter', 'true')
  const clone = join(home, 'clone')
  await origin.git('clone', '--quiet', '--filter=blob:limit=1k', `file://${origin.directory}`, clone)
  expect(await readFolder(clone)).toMatchObject({ secrets: ['history mail.py:1'], begun: { history: 'partial' } })
  const bare = join(home, 'bare')
  await origin.git('clone', '--quiet', '--no-checkout', '--filter=blob:none', `file://${origin.directory}`, bare)
  expect(await readFolder(bare)).toMatchObject({ secrets: [], begun: { history: 'partial' } })
})

test('a part of a repository has its own history, by its own paths', async () => {
  const repository = await openRepository(home)
  await repository.commit({ 'one/mail.py': holding(2), 'two/mail.py': holding(3) })
  await repository.commit({ 'one/mail.py': 'gone\n', 'two/mail.py': 'gone\n' })
  expect((await readFolder(join(home, 'one'))).secrets).toEqual(['history mail.py:1'])
})

test('the newest version with a secret is the one that is told', async () => {
  const repository = await openRepository(home)
  await repository.commit({ 'mail.py': holding(4) })
  await repository.commit({ 'mail.py': `# Mail\n\n${holding(4)}` })
  await repository.commit({ 'mail.py': 'gone\n' })
  expect((await readFolder(home)).secrets).toEqual(['history mail.py:3'])
})

test('a tag on a file, which no commit holds', async () => {
  const repository = await openRepository(home)
  await repository.commit({ 'mail.py': holding(5) })
  await repository.git('tag', 'file', 'HEAD:mail.py')
  await repository.git('checkout', '--quiet', '--orphan', 'other')
  await repository.commit({ 'mail.py': 'other\n' })
  await repository.git('branch', '--quiet', '-D', 'main')
  expect((await readFolder(home)).secrets).toHaveLength(1)
})
