import { afterEach, beforeEach, expect, test } from 'vitest'
import { breathe, realTime } from '../runtime/breathe.ts'
import { makeTemporaryDirectory, removeTree, writeWhole } from '../runtime/files.ts'
import { stateOf } from '../runtime/proc.ts'
import { type ForeignOptions, type ForeignProgram, startForeign } from './foreign.ts'
import { keepProcesses } from './observe.ts'

let home: string
const programs: ForeignProgram[] = []
beforeEach(async () => {
  home = await makeTemporaryDirectory('foreign')
})
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.stop()))
  await removeTree(home)
})

type Started = ForeignProgram & { readonly lines: readonly string[]; says(line: RegExp): Promise<string> }

function start(command: ForeignOptions['command'], options: Partial<ForeignOptions> = {}): Started {
  const lines: string[] = []
  const program = startForeign({ home, timeout: 30_000, command, onLine: (line) => lines.push(line), ...options })
  programs.push(program)
  const says = async (wanted: RegExp): Promise<string> => {
    for (;;) {
      const found = lines.find((line) => wanted.test(line))
      if (found !== undefined) return found
      await breathe(5)
    }
  }
  return Object.assign(program, { lines, says })
}

const sh = (script: string, options?: Partial<ForeignOptions>): Started => start(['/bin/sh', '-c', script], options)
const lives = (pid: number): boolean => stateOf(pid)?.alive ?? false
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** Killing is at once, dying takes a moment. */
async function areGone(pids: readonly number[]): Promise<void> {
  const began = realTime()
  while (pids.some(lives) && realTime() - began < 3_000) await breathe(10)
  expect(pids.filter(lives)).toEqual([])
}

test('lines cross both ways, and what was printed is kept', async () => {
  const program = sh('while read line; do echo "heard $line"; echo aside >&2; done; printf "no end"; exit 7', {
    input: true,
  })
  program.write('one')
  expect(await program.says(/heard/)).toBe('heard one')
  program.write('zwei ä')
  await program.says(/zwei/)
  program.endInput()
  expect(await program.exited).toEqual({ code: 7, signal: null })
  expect(program.lines).toEqual(['heard one', 'heard zwei ä', 'no end'])
  expect(text(program.output().stdout)).toBe('heard one\nheard zwei ä\nno end')
  expect(text(program.output().stderr)).toBe('aside\naside\n')
  program.write('nobody listens')
})

test('a line of eight megabytes is cut, and the next one is whole', async () => {
  const program = sh(`head -c 8388608 /dev/zero | tr '\\0' a; echo; echo next`)
  await program.exited
  expect(program.lines.map(({ length }) => length)).toEqual([1024 * 1024, 4])
})

test('nothing of our environment is inherited but the path to programs', async () => {
  process.env['OAUTH_IMAP_TEST_SECRET'] = 'must not be inherited'
  const program = sh('pwd; env', { env: { LANG: 'C.UTF-8' } })
  delete process.env['OAUTH_IMAP_TEST_SECRET']
  await program.exited
  const [directory, ...variables] = program.lines
  expect(directory).toBe(home)
  const names = variables
    .map((line) => line.split('=')[0])
    .filter((name) => !['_', 'PWD', 'SHLVL', 'OLDPWD'].includes(name!))
  expect(names.toSorted()).toEqual(['HOME', 'LANG', 'OAUTH_IMAP_PROCESS_TREE', 'PATH', 'TMPDIR'])
})

test('a program that does not exist is an exit with an error, never a throw', async () => {
  const { exited, write } = start(['no-such-program'], { input: true })
  write('lost')
  expect(await exited).toMatchObject({ code: null, error: expect.stringContaining('no-such-program') })
})

test('a program that goes on for too long is ended', async () => {
  const program = sh('trap "" TERM INT HUP; echo $$; while :; do sleep 1; done', { timeout: 300 })
  expect(await program.exited).toMatchObject({ error: 'it had not ended after 0.3 s' })
  await areGone(program.lines.map(Number))
})

/** Each prints the number of a process that does not want to end. */
const escapes = {
  'in the background': 'sleep 301 & echo $!',
  'deaf to every polite signal': `sh -c 'trap "" TERM INT HUP; echo $$; while :; do sleep 1; done' &`,
  'with nohup': 'nohup sleep 302 >/dev/null 2>&1 & echo $!',
  'in a session of its own': `setsid sh -c 'echo $$; exec sleep 303' &`,
  'forked twice, its parent gone': `( ( setsid sh -c 'echo $$; exec sleep 304' & ) & )`,
  stopped: 'sleep 305 & echo $!; kill -STOP $!',
  'holding the output open': `setsid sh -c 'echo $$; sleep 306; echo late' &`,
} as const

test.each(Object.entries(escapes))('a child %s ends when its parent does', async (_, script) => {
  const program = sh(`${script}\nsleep 0.3`)
  const pid = Number(await program.says(/^\d+$/))
  const exit = await program.exited
  expect(exit).toEqual({ code: 0, signal: null })
  expect(pid).toBeGreaterThan(1)
  await areGone([pid])
})

test.each(Object.entries(escapes))('a child %s ends when the program is stopped', async (_, script) => {
  const program = sh(`${script}\nwhile :; do sleep 1; done`)
  const pid = Number(await program.says(/^\d+$/))
  expect(lives(pid)).toBe(true)
  await program.stop()
  await areGone([pid])
})

test('one that has cleared its environment and left session and parent is ended, when it was seen before', async () => {
  const program = sh(
    `setsid sh -c 'sleep 0.5; exec env -i /bin/sh -c "echo \\$\\$; sleep 307"' & sleep 1.5; echo over`,
    { record: keepProcesses('a canary that nobody searches for') },
  )
  const pid = Number(await program.says(/^\d+$/))
  await program.exited
  await areGone([pid])
})

test('a process that starts its successor and ends, again and again, is caught', async () => {
  await writeWhole(`${home}/next.sh`, `echo $$ >> pids; setsid sh next.sh &\n`)
  const program = sh('sh next.sh; sleep 0.3; echo ready; sleep 30')
  await program.says(/ready/)
  await program.stop()
  await breathe(50)
  const count = async (): Promise<number> =>
    (await import('../runtime/files.ts')).readText(`${home}/pids`).then((all) => all.length)
  const before = await count()
  await breathe(200)
  expect(await count()).toBe(before)
})

test('what it ran is told: arguments, environment, files, connections, the planted control among them', async () => {
  const record = keepProcesses('canary-4711-canary')
  await writeWhole(`${home}/kept`, '')
  const program = sh(
    `for each in 1 2 3 4 5 6 7 8; do sleep 0.06; done; exec 3>>kept 4>/tmp/oauth-imap-outside; SECRET=hidden sleep 1.1 & wait`,
    {
      record,
    },
  )
  await program.exited
  await removeTree('/tmp/oauth-imap-outside')
  const [seen] = await record.kept()
  const all = seen!.processes.flatMap(({ first, programs: each }) => each.map((ran) => ({ first, ...ran })))
  expect(all.find(({ arguments: [name], first }) => name === '/bin/sh' && first)).toBeDefined()
  // Sixty milliseconds each.
  expect(all.filter((ran) => ran.arguments.at(-1) === '0.06').length).toBeGreaterThan(1)
  expect(all.find((ran) => ran.environment.includes('SECRET=hidden'))?.arguments).toEqual(['sleep', '1.1'])
  expect(all.find((ran) => ran.arguments.includes(record.canary))?.environment).toContain(
    `PLANTED_CONTROL=${record.canary}`,
  )
  const files = new Map(seen!.processes.flatMap((process) => [...process.files]))
  expect([files.get(`${home}/kept`), files.get('/tmp/oauth-imap-outside')]).toEqual([true, true])
  expect(seen!.interval).toBeLessThanOrEqual(10)
  expect(seen!.longestGap).toBeGreaterThan(0)
})
