import { readdir, symlink } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fakeRefreshToken, fakeSecret } from '../../../fixtures/counterexamples/configurations/fake-credentials.ts'
import { makeDirectory, makeTemporaryDirectory, removeTree } from '../../runtime/files.ts'
import { git } from '../../runtime/git.ts'
import { join } from '../../runtime/path.ts'
import { placeFile } from '../../runtime/place-file.ts'
import { openRepository, readFolder } from './repository.fixture.ts'

/** Repositories of every shape: what is searched, and what is told of what is not. */

const holding = (seed: number): string => `secret = '${fakeSecret(seed)}'\n`
let home: string
beforeEach(async () => {
  home = await makeTemporaryDirectory('repository')
})
afterEach(() => removeTree(home))

describe('history is what a push or a clone hands on', () => {
  test('a secret that only a merge brought', async () => {
    const repository = await openRepository(home)
    await repository.commit({ 'mail.py': 'one\n' })
    await repository.git('switch', '--quiet', '--create', 'side')
    await repository.commit({ 'side.py': 'two\n' })
    await repository.git('switch', '--quiet', 'main')
    await repository.commit({ 'main.py': 'three\n' })
    await repository.git('merge', '--quiet', '--no-commit', 'side')
    await repository.commit({ 'mail.py': holding(1) })
    await repository.commit({ 'mail.py': 'four\n' })
    expect((await readFolder(home)).secrets).toEqual(['history mail.py:1'])
  })

  test.each([
    ['another branch', ['branch', 'other']],
    ['a tag', ['tag', 'first']],
  ])('%s', async (_, keep) => {
    const repository = await openRepository(home)
    await repository.commit({ 'README.md': 'Mail\n' })
    await repository.commit({ 'mail.py': holding(2) })
    await repository.git(...keep)
    await repository.git('reset', '--quiet', '--hard', 'HEAD~1')
    expect((await readFolder(home)).secrets).toEqual(['history mail.py:1'])
  })

  test('not what was amended away', async () => {
    const repository = await openRepository(home)
    await repository.commit({ 'mail.py': holding(3) })
    await placeFile(join(home, 'mail.py'), 'amended\n', 0o644)
    await repository.git('commit', '--quiet', '--all', '--amend', '--message=Amended')
    expect(await readFolder(home)).toMatchObject({ secrets: [], begun: { history: 'whole' } })
  })

  test('nor what nobody asked for', async () => {
    const repository = await openRepository(home)
    await repository.commit({ 'mail.py': holding(4) })
    await repository.commit({ 'mail.py': 'gone\n' })
    expect(await readFolder(home, false)).toMatchObject({ secrets: [], begun: { history: 'not asked' } })
    expect((await readFolder(home)).secrets).toHaveLength(1)
  })

  test('a name that Git would write with escapes', async () => {
    const repository = await openRepository(home)
    await repository.commit({ 'Schlüssel "neu".txt': holding(5) })
    await repository.git('rm', '--quiet', 'Schlüssel "neu".txt')
    await repository.commit({})
    expect((await readFolder(home)).secrets).toEqual(['history Schlüssel "neu".txt:1'])
  })
})

test('a shallow clone says that its history is short', async () => {
  const origin = await openRepository(join(home, 'origin'))
  await origin.commit({ 'mail.py': holding(6) })
  await origin.commit({ 'mail.py': 'gone\n' })
  await origin.git('clone', '--quiet', '--depth=1', `file://${origin.directory}`, join(home, 'clone'))
  expect(await readFolder(join(home, 'clone'))).toMatchObject({
    secrets: [],
    begun: { vcs: 'git', history: 'shallow' },
  })
})

test('a repository without a commit', async () => {
  await openRepository(home)
  await placeFile(join(home, 'mail.py'), holding(7), 0o600)
  expect(await readFolder(home)).toMatchObject({
    secrets: ['untracked mail.py:1'],
    begun: { vcs: 'git', history: 'whole' },
    exposures: [{ way: 'commit', excludedBy: null }],
  })
})

test('a worktree, whose .git is a file', async () => {
  const repository = await openRepository(join(home, 'main'))
  await repository.commit({ 'mail.py': holding(8) })
  await repository.git('worktree', 'add', '--quiet', join(home, 'other'))
  expect(await readFolder(join(home, 'other'))).toMatchObject({ secrets: ['tracked mail.py:1'], begun: { vcs: 'git' } })
})

test('a folder of a repository: its own files and its own history, by their paths from there', async () => {
  const repository = await openRepository(home)
  await repository.commit({ 'other/a.py': holding(9), 'mail/b.py': holding(10), 'mail/c.py': holding(11) })
  await repository.git('rm', '--quiet', 'mail/b.py', 'other/a.py')
  await repository.commit({})
  expect((await readFolder(join(home, 'mail'))).secrets).toEqual(['tracked c.py:1', 'history b.py:1'])
})

test('a folder that the repository around it ignores', async () => {
  const repository = await openRepository(home)
  await repository.commit({ '.gitignore': 'state/\n' })
  await placeFile(join(home, 'state/token.json'), fakeRefreshToken(12), 0o600)
  expect(await readFolder(join(home, 'state'))).toMatchObject({
    secrets: ['ignored token.json:1'],
    exposures: [{ way: 'commit', excludedBy: '.gitignore:1' }],
  })
})

test('repositories within, added or not, are told and not searched', async () => {
  const outer = await openRepository(home)
  for (const name of ['added', 'beside'])
    await (await openRepository(join(home, name))).commit({ 'mail.py': holding(13) })
  await placeFile(join(home, '.gitignore'), 'beside\n', 0o644)
  await outer.git('add', 'added', '.gitignore')
  await outer.git('commit', '--quiet', '--message=Add')
  expect(await readFolder(home)).toMatchObject({ secrets: [], begun: { left: { nested: 2 } } })
})

test('no repository: no history, and no commit that could take a file along', async () => {
  await placeFile(join(home, '.env'), `GOOGLE_CLIENT_SECRET=${fakeSecret(14)}\n`, 0o600)
  expect(await readFolder(home)).toMatchObject({
    secrets: ['untracked .env:1'],
    begun: { vcs: 'none', history: 'none' },
    exposures: [],
  })
})

test('what lies in the way: links, a pipe, a file without end, dependencies', async () => {
  await placeFile(join(home, 'secret.txt'), holding(15), 0o600)
  await makeDirectory(join(home, 'project'))
  await symlink(join(home, 'secret.txt'), join(home, 'project/link'))
  await symlink('.', join(home, 'project/around'))
  await placeFile(join(home, 'project/data.bin'), new Uint8Array(17 * 1024 * 1024), 0o644)
  await placeFile(join(home, 'project/node_modules/a/mail.js'), holding(16), 0o644)
  expect(await readFolder(join(home, 'project'))).toMatchObject({
    secrets: [],
    begun: { files: 0, left: { huge: 1, link: 2, unreadable: 0, nested: 0 } },
  })
})

describe('a hostile repository starts nothing', () => {
  const traps = (marker: string): readonly (readonly [name: string, value: string])[] => [
    ['core.fsmonitor', `touch ${marker}-fsmonitor; false`],
    ['core.hooksPath', '.hooks'],
    ['core.pager', `touch ${marker}-pager`],
    ['pager.log', `touch ${marker}-pager`],
    ['core.sshCommand', `touch ${marker}-ssh`],
    ['diff.external', `touch ${marker}-external`],
    ['diff.trap.command', `touch ${marker}-command`],
    ['diff.trap.textconv', `touch ${marker}-textconv; cat`],
    ['filter.trap.clean', `touch ${marker}-clean; cat`],
    ['filter.trap.smudge', `touch ${marker}-smudge; cat`],
    ['filter.trap.process', `touch ${marker}-process`],
    ['gpg.program', `touch ${marker}-gpg`],
    ['log.showSignature', 'true'],
    ['core.alternateRefsCommand', `touch ${marker}-alternate`],
    ['remote.origin.url', '.'],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.uploadpack', `touch ${marker}-uploadpack; false`],
    ['extensions.partialClone', 'origin'],
  ]

  test('which its traps would show', async () => {
    const repository = await openRepository(join(home, 'hostile'))
    await repository.commit({ '.gitattributes': '* diff=trap filter=trap\n', 'mail.py': holding(17) })
    await repository.commit({ 'mail.py': 'gone\n' })
    for (const [name, value] of traps(join(home, 'snapped'))) await repository.git('config', name, value)
    await placeFile(join(repository.directory, 'new.py'), holding(18), 0o600)
    await placeFile(join(repository.directory, 'mail.py'), 'Gone\n', 0o644)
    const { secrets } = await readFolder(repository.directory)
    expect(secrets).toEqual(['untracked new.py:1', 'history mail.py:1'])
    expect(await snapped()).toEqual([])

    await git(repository.directory, ['diff', '--name-only', 'HEAD~1'], { comparing: true })
    expect(await snapped()).toEqual([])

    const careless = [
      '-c',
      `core.fsmonitor=touch ${join(home, 'snapped-fsmonitor')}; false`,
      'diff',
      '--name-only',
      'HEAD~1',
    ]
    await git(repository.directory, careless)
    expect(await snapped()).toEqual(expect.arrayContaining(['snapped-fsmonitor', 'snapped-process']))
  })

  const snapped = async (): Promise<readonly string[]> =>
    (await readdir(home)).filter((name) => name.startsWith('snapped')).toSorted()
})
