import { writeFileSync } from 'node:fs'
import { makeTemporaryDirectory } from './files.ts'
import { join } from './path.ts'
import type { WatchOrder } from './process-watch.fixture.ts'
import { startProgram } from './program.ts'
import { spawnScript } from './spawn.ts'

/** A run in small, to be killed by a test: it holds a directory and processes, prints which, and goes on for a minute. */
const home = await makeTemporaryDirectory('abandoned')
writeFileSync(join(home, 'token'), 'text')
const program = startProgram({
  command: ['sleep', '60'],
  env: { PATH: process.env['PATH'] ?? '' },
  cwd: home,
  timeout: 60_000,
})
const child = spawnScript({
  module: new URL('./process-watch.fixture.ts', import.meta.url),
  onMessage: (below) => console.log(JSON.stringify({ home, program: program.pid, child: child.pid, below })),
  onExit: () => {},
})
child.post({ order: 'start', command: ['sleep', '61'] } satisfies WatchOrder)
