import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** In a network namespace that has nothing but loopback, whatever tried to reach a real network would fail. */
const main = fileURLToPath(new URL('main.mjs', import.meta.url))
const inNamespace = (script: string): Promise<{ stdout: string }> =>
  promisify(execFile)('unshare', ['--map-root-user', '--net', 'sh', '-c', `ip link set lo up && ${script}`])

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(`${tmpdir()}/oauth-imap-loopback-`)
})
afterAll(() => rm(directory, { recursive: true, force: true }))

test('the namespace has loopback and no other interface', async () => {
  const { stdout } = await inNamespace('ip -o link show')
  expect(stdout.trim().split('\n')).toEqual([expect.stringContaining(' lo: ')])
})

test('the whole run needs loopback alone', async () => {
  await inNamespace(`"${process.execPath}" "${main}" run --subject reference --out "${directory}"`)
  const report = JSON.parse(await readFile(`${directory}/report.json`, 'utf8')) as Record<string, unknown>
  expect(report).toMatchObject({ verdict: 'pass', selection: { complete: true } })
})
