import { expect, test } from 'vitest'
import { inspectProcesses } from './inspect-processes.ts'
import { openJournal } from './journal.ts'
import { type ObservationType, all } from './model/observation.ts'
import { createRandom } from './random.ts'
import type { Seen, SeenProcess } from './runtime/process-watch.ts'
import { openSecrets } from './secrets.ts'
import { keepProcesses } from './stages/observe.ts'

const token = 'ya29.a0AfB_byC-0123456789'
const home = '/dev/shm/oauth-imap-1-2-3/story-tls'

const ran = (words: readonly string[], environment: readonly string[] = []): SeenProcess['programs'][number] => ({
  arguments: words,
  environment: ['OAUTH_IMAP_PROCESS_TREE=1-2-3', ...environment],
})
const process = (program: SeenProcess['programs'][number], more: Partial<SeenProcess> = {}): SeenProcess => ({
  first: false,
  programs: [program],
  sockets: [],
  files: new Map(),
  ...more,
})

async function told<T extends ObservationType>(type: T, processes: readonly SeenProcess[], canary = 'unused') {
  const secrets = openSecrets(createRandom(1))
  const journal = openJournal({ scenario: 'story', door: 'tls', seed: 1 }, () => 0)
  secrets.learn('access-token', token)
  secrets.learn('planted-canary', canary)
  const kept = keepProcesses(canary)
  const seen: Seen = { processes, interval: 5, longestGap: 17 }
  kept.keep(Promise.resolve(seen))
  await inspectProcesses(kept, { journal, secrets, home, doors: { google: [40_001], gmail: [40_002] } })
  const sealed = journal.seal()
  expect(JSON.stringify(sealed)).not.toContain(token)
  return all(sealed, type).map(({ fields }) => fields)
}

test('a secret in an argument is told by its mark and its form', async () => {
  const [program] = await told('proc.program', [
    process(ran(['/usr/bin/curl', '-H', `Authorization: Bearer ${token}`, '--data', btoa(token)])),
  ])
  expect(program).toMatchObject({ program: 'curl', first: false, environment: [], inEnvironment: [], planted: false })
  expect(program?.arguments[1]).toBe('Authorization: Bearer ‹access-token-1›')
  expect(program?.inArguments.map(({ ref, form }) => [ref, form])).toEqual([
    ['access-token-1', 'raw'],
    ['access-token-1', 'base64'],
  ])
})

test('a secret in the environment is told by the name of its variable, and no value is', async () => {
  const [program] = await told('proc.program', [
    process(ran(['helper'], ['LANG=of-no-concern', `TOKEN=${encodeURIComponent(token)}`])),
  ])
  expect(program?.environment).toEqual(['LANG', 'TOKEN'])
  expect(program?.inEnvironment.map(({ ref, variable }) => [ref, variable])).toEqual([['access-token-1', 'TOKEN']])
  expect(JSON.stringify(program)).not.toContain('of-no-concern')
})

test('the planted control is no leak, and counts only where both places show it', async () => {
  const canary = 'canary-0123456789-canary'
  const programs = await told(
    'proc.program',
    [
      process(ran(['both', canary], [`PLANTED_CONTROL=${canary}`])),
      process(ran(['arguments', canary])),
      process(ran(['environment'], [`PLANTED_CONTROL=${canary}`])),
    ],
    canary,
  )
  expect(programs.map(({ program, planted }) => [program, planted])).toEqual([
    ['arguments', false],
    ['both', true],
    ['environment', false],
  ])
  expect(programs.flatMap(({ inArguments, inEnvironment }) => [...inArguments, ...inEnvironment])).toEqual([])
})

test('what another run, machine or order would change is not told, and what was done twice is told once', async () => {
  const program = ran([
    '/home/somebody/app/bin/fetch',
    `--home=${home}/mail`,
    '/home/somebody/app/main.py',
    'http://127.0.0.1:41234/x',
  ])
  const other = ran(['/bin/a', '--tmp', '/tmp/fixed', 'https://example.com/a/b/c', 'localhost:8080'])
  const programs = await told('proc.program', [process(program), process(other), process(program)])
  expect(programs.map((each) => [each.program, ...each.arguments])).toEqual([
    ['a', '--tmp', '/tmp/fixed', 'https://example.com/a/b/c', 'localhost:‹port›'],
    ['fetch', '--home=~/mail', '…/main.py', 'http://127.0.0.1:‹port›/x'],
  ])
  expect(await told('proc.program', [process(other), process(program)])).toEqual(programs)
})

test('what was dialled is one of our doors, the tree itself, or elsewhere', async () => {
  const dialled = (address: string, port: number, protocol: 'tcp' | 'udp' = 'tcp') => ({
    protocol,
    dialled: { address, port },
  })
  const sockets: SeenProcess['sockets'] = [
    dialled('127.0.0.1', 40_001),
    dialled('127.0.0.1', 40_002),
    dialled('::1', 50_000),
    { protocol: 'tcp', listens: { address: '::', port: 50_000 } },
    { protocol: 'tcp', listens: { address: '127.0.0.1', port: 50_001 } },
    dialled('127.0.0.1', 60_000),
    dialled('192.0.2.1', 443),
    dialled('127.0.0.53', 53, 'udp'),
    // Our door’s number at another machine is not our door.
    dialled('192.0.2.1', 40_001),
  ]
  const seen = [process(ran(['app']), { sockets })]
  expect((await told('proc.dialled', seen)).map(({ program: _, first: __, ...rest }) => rest)).toEqual(
    expect.arrayContaining([
      { protocol: 'tcp', to: 'google' },
      { protocol: 'tcp', to: 'gmail' },
      { protocol: 'tcp', to: 'itself' },
      { protocol: 'tcp', to: 'elsewhere', address: '127.0.0.1' },
      { protocol: 'tcp', to: 'elsewhere', address: '192.0.2.1', port: 443 },
      { protocol: 'tcp', to: 'elsewhere', address: '192.0.2.1', port: 40_001 },
      { protocol: 'udp', to: 'elsewhere', address: '127.0.0.53', port: 53 },
    ]),
  )
  expect((await told('proc.listened', seen)).map(({ on }) => on).toSorted()).toEqual(['every-address', 'loopback'])
})

test('files of the home are told, others only when they are written, and caches that we gave never', async () => {
  const files = new Map([
    [`${home}/tokens.json`, false],
    [`${home}/${token}.lock`, true],
    ['/tmp/token.json', true],
    ['/home/somebody/.netrc', true],
    ['/usr/lib/read-only.so', false],
    ['/var/cache/deno/analysis', true],
  ])
  const seen = [process(ran(['app'], ['DENO_DIR=/var/cache/deno']), { files })]
  expect((await told('proc.file', seen)).map(({ path, written }) => [path, written])).toEqual([
    ['/tmp/token.json', true],
    ['~/tokens.json', false],
    ['~/‹access-token-1›.lock', true],
    ['…/.netrc', true],
  ])
})

test('how closely the processes were looked at is told', async () => {
  expect(await told('proc.watched', [])).toEqual([{ interval: 5, longestGap: 17 }])
})
