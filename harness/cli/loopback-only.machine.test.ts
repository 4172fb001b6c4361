import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { unrouted } from '../../mocks/doors/namespace-unrouted.ts'

/**
 * In a network namespace that has nothing but loopback, whatever tried to reach a real network fails, and the kernel counts
 * it: also a question to a name server, and also what whoever asked makes nothing of.
 */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
// Without a /proc of its own: the numbers there are strangers', and nothing of ours may go by them.
const namespace = ['--map-root-user', '--net', '--mount', '--pid', '--fork', '--kill-child']
const limits = { timeout: 100_000, killSignal: 'SIGKILL', cwd: here('../../') } as const
// The machine's own name server may be one on loopback, where questions would come to an end uncounted.
// A container engine's socket leads out of any network; no container of its could be reached from here.
const script = `
  for socket in /run/docker.sock /var/run/docker.sock; do
    if [ -S $socket ]; then mount --bind /dev/null $socket; fi
  done
  ip link set lo up && mount --bind "$0/resolv.conf" /etc/resolv.conf && "$@"
  ended=$?
  cp /proc/net/snmp /proc/net/snmp6 "$0"
  exit $ended`

/** Runs a program there to its end. */
async function alone(...command: readonly string[]) {
  const { stdout } = await promisify(execFile)('unshare', [...namespace, 'sh', '-c', script, directory, ...command], {
    ...limits,
    env: { ...process.env, REQUIRE_CONTAINERS: '' },
  })
  return { stdout, unrouted: unrouted(directory) }
}

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(`${tmpdir()}/oauth-imap-loopback-`)
  await writeFile(`${directory}/resolv.conf`, 'nameserver 192.0.2.53\n')
})
afterAll(() => rm(directory, { recursive: true, force: true }))

const reportIn = async (file: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(`${directory}/${file}`, 'utf8')) as Record<string, unknown>

test('the namespace has loopback and no other interface', async () => {
  const { stdout } = await alone('ip', '-o', 'link', 'show')
  expect(stdout.trim().split('\n')).toEqual([expect.stringContaining(' lo: ')])
})

test.each(['192.0.2.7', 'collector.example.test'])('an attempt to reach %s would be seen', async (host) => {
  const dial = `require('node:net').connect(443, '${host}').on('error', () => {})`
  expect((await alone(process.execPath, '-e', dial)).unrouted).toBeGreaterThan(0)
})

test('the whole run needs loopback alone', async () => {
  const run = [here('main.mjs'), 'run', '--subject', 'reference', '--out', directory]
  expect((await alone(process.execPath, ...run)).unrouted).toBe(0)
  expect(await reportIn('report.json')).toMatchObject({ verdict: 'pass', selection: { complete: true } })
})

test('the conformance project needs loopback alone', async () => {
  const vitest = [here('../../node_modules/vitest/vitest.mjs'), 'run', '--project', 'conformance']
  const reporter = ['--reporter=json', `--outputFile=${directory}/conformance.json`]
  expect((await alone(process.execPath, ...vitest, ...reporter)).unrouted).toBe(0)
  const report = await reportIn('conformance.json')
  expect(report).toMatchObject({ success: true, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 })
  expect(report['numPassedTests']).toBe(report['numTotalTests'])
  expect(report['numPassedTests']).toBeGreaterThan(0)
})
