import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Fault } from '../model/fault.ts'
import {
  exists,
  makeDirectory,
  makeTemporaryDirectory,
  prepareToWrite,
  readBytes,
  readText,
  removeTree,
  walk,
  writeWhole,
} from './files.ts'
import { join } from './path.ts'

let home = ''
beforeEach(async () => {
  home = await makeTemporaryDirectory('files')
})
afterEach(() => removeTree(home))

const names = async (): Promise<readonly string[]> => (await walk(home)).map((entry) => entry.path)

test('a temporary directory is its owner’s alone', async () => {
  await makeDirectory(join(home, 'outer'))
  const [entry] = (await walk(join(home, '..'))).filter(({ path }) => home.endsWith(`/${path}`))
  expect([entry?.kind, entry?.mode]).toEqual(['directory', '0700'])
})

test.each([
  ['is not there', 'nothing', 'no such directory'],
  ['is a file', 'file', 'a part of the path is not a directory'],
])('where TMPDIR %s, that is told', async (_, name, reason) => {
  writeFileSync(join(home, 'file'), '')
  const { TMPDIR } = process.env
  process.env['TMPDIR'] = join(home, name)
  try {
    await expect(makeTemporaryDirectory('files')).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      message: `Cannot make a directory in ${join(home, name)}: ${reason}.`,
      hint: expect.stringContaining('TMPDIR'),
    })
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = TMPDIR
  }
})

test('walk tells kind, mode and size of everything in order of path, and follows no link', async () => {
  mkdirSync(join(home, 'b'))
  chmodSync(join(home, 'b'), 0o2750)
  writeFileSync(join(home, 'b', 'token.json'), 'ä')
  chmodSync(join(home, 'b', 'token.json'), 0o604)
  symlinkSync('/', join(home, 'a'))
  expect(await walk(home)).toEqual([
    expect.objectContaining({ path: 'a', kind: 'symlink' }),
    expect.objectContaining({ path: 'b', kind: 'directory', mode: '2750' }),
    { path: 'b/token.json', kind: 'file', mode: '0604', size: 2 },
  ])
})

test('a directory that does not exist holds nothing', async () => {
  expect(await walk(join(home, 'absent'))).toEqual([])
})

test('a text is written whole, over an older one too, and leaves nothing beside it', async () => {
  const path = join(home, 'report.json')
  await writeWhole(path, 'a long old report')
  await writeWhole(path, 'ä')
  expect([await readText(path), [...(await readBytes(path))]]).toEqual(['ä', [0xc3, 0xa4]])
  expect(await names()).toEqual(['report.json'])
})

test.each([
  ['absent/report.json', 'no such directory'],
  ['file/report.json', 'a part of the path is not a directory'],
  ['directory', 'there is a directory of that name'],
])('a report that cannot be written to %s is a fault that says why: %s', async (path, reason) => {
  await makeDirectory(join(home, 'directory'))
  await writeWhole(join(home, 'file'), '')
  const fault = await writeWhole(join(home, path), 'text').catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(Fault)
  expect(fault).toMatchObject({ code: 'OUTPUT_UNWRITABLE', message: `Cannot write ${join(home, path)}: ${reason}.` })
  expect(await names()).toEqual(['directory', 'file'])
})

test('a place for a report is made ready, and nothing is left there or changed', async () => {
  await prepareToWrite(join(home, 'new/deep/report.json'))
  await writeWhole(join(home, 'report.json'), 'old')
  await prepareToWrite(join(home, 'report.json'))
  expect([await names(), await readText(join(home, 'report.json'))]).toEqual([
    ['new', 'new/deep', 'report.json'],
    'old',
  ])
})

test.each([
  ['file/report.json', 'a part of the path is not a directory'],
  ['file/deep/report.json', 'a part of the path is not a directory'],
  ['directory', 'there is a directory of that name'],
  ['../../../../../../../dev/null', 'what has that name is not a plain file'],
])('a place where no report can be written is told before: %s, %s', async (path, reason) => {
  await makeDirectory(join(home, 'directory'))
  await writeWhole(join(home, 'file'), '')
  await expect(prepareToWrite(join(home, path))).rejects.toThrow(reason)
  expect(await names()).toEqual(['directory', 'file'])
})

test('removing a tree leaves what its links point to', async () => {
  await makeDirectory(join(home, 'kept'))
  await makeDirectory(join(home, 'gone', 'deep'))
  symlinkSync(join(home, 'kept'), join(home, 'gone', 'link'))
  await removeTree(join(home, 'gone'))
  await removeTree(join(home, 'gone'))
  expect([await exists(join(home, 'gone')), await exists(join(home, 'kept'))]).toEqual([false, true])
})
