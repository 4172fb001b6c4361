import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeTemporaryDirectory, readText, removeTree, statOf, writeWhole } from './files.ts'
import { LogGrew, openLogFile, readLogFile } from './log-file.ts'
import { join } from './path.ts'

let home = ''
let path = ''
beforeEach(async () => {
  home = await makeTemporaryDirectory('log')
  path = join(home, 'live.jsonl')
})
afterEach(() => removeTree(home))

const opened = async () => {
  const lines: string[] = []
  return { lines, log: await openLogFile(path, (line) => lines.push(line)) }
}

test('a new log is for its owner’s eyes, and holds lines in the order of the calls', async () => {
  const { log, lines } = await opened()
  await Promise.all(Array.from({ length: 50 }, (_, index) => log.append(`${index} ${'ä'.repeat(2_000)}\n`)))
  await log.close()
  expect(lines).toEqual([])
  expect((await statOf(path)).mode).toBe('0600')
  const again = await opened()
  await again.log.close()
  expect(again.lines.map((line) => Number.parseInt(line, 10))).toEqual(Array.from({ length: 50 }, (_, index) => index))
  expect(again.lines.every((line) => line.endsWith(` ${'ä'.repeat(2_000)}`))).toBe(true)
})

test('a line that was never ended stays until the first one is written, in its place', async () => {
  await writeWhole(path, 'one\n\ntwo\nthr')
  const { log, lines } = await opened()
  expect([lines, log.rest, await readText(path)]).toEqual([['one', '', 'two'], 'thr', 'one\n\ntwo\nthr'])
  await log.append('four\n')
  await log.append('five\n')
  await log.close()
  expect(await readText(path)).toBe('one\n\ntwo\nfour\nfive\n')
})

test('a cleared log begins anew', async () => {
  await writeWhole(path, 'one\ntw')
  const { log } = await opened()
  await log.clear()
  await log.append('three\n')
  await log.close()
  expect(await readText(path)).toBe('three\n')
})

test('whoever finds that somebody else writes to it writes nothing more', async () => {
  const [first, second] = [await opened(), await opened()]
  await first.log.append('one\n')
  await expect(second.log.append('two\n')).rejects.toBeInstanceOf(LogGrew)
  await expect(second.log.append('three\n')).rejects.toBeInstanceOf(LogGrew)
  await first.log.append('four\n')
  await Promise.all([first.log.close(), second.log.close()])
  expect(await readText(path)).toBe('one\nfour\n')
})

test('reading changes nothing, and wants a plain file', async () => {
  await writeWhole(path, 'one\ntw')
  const lines: string[] = []
  await readLogFile(path, (line) => lines.push(line))
  expect([lines, await readText(path)]).toEqual([['one'], 'one\ntw'])
  await expect(readLogFile(home, () => {})).rejects.toThrow()
  await expect(readLogFile(join(home, 'none'), () => {})).rejects.toMatchObject({ code: 'ENOENT' })
})

test('what has no lines is not read to its end', async () => {
  await writeWhole(path, new Uint8Array(17 * 1024 * 1024))
  await expect(opened()).rejects.toMatchObject({ code: 'EFBIG' })
})
