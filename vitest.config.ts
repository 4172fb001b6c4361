import { defineConfig } from 'vitest/config'

const onBun = process.versions['bun'] !== undefined

/** Two tiers: `npm test` runs every project but `machine`, whose tests need programs that a fresh machine lacks. */
const project = (name: string, include: string[], { testTimeout = 10_000, isolate = true } = {}) => ({
  extends: true as const,
  test: { name, include, testTimeout, isolate, hookTimeout: 30_000 },
})

export default defineConfig({
  test: {
    // Vitest's forks fail on Bun and its threads fail on Deno; both pools run the same files.
    pool: onBun ? 'threads' : 'forks',
    // Vitest leaves one processor free by default, which halves a machine of two.
    maxWorkers: '100%',
    // Whole runs, each with threads and processes of its own, side by side on small machines.
    maxConcurrency: 4,
    // A second, the usual patience, is short on a busy machine; what is waited for still has to come.
    expect: { poll: { timeout: 5_000 } },
    globalSetup: ['./harness/runtime/guard.vitest.ts'],
    projects: [
      // Unit tests share nothing that one of them changes; fresh modules for each file cost a quarter of their time.
      project(
        'unit',
        ['{suites,fixtures,mocks,harness,reports}/**/*.test.ts', '!**/*.{contract,self,machine}.test.ts'],
        { isolate: false },
      ),
      project('contract', ['{mocks,harness,reports}/**/*.contract.test.ts']),
      project('self', ['{suites,fixtures,harness}/**/*.self.test.ts'], { testTimeout: 60_000 }),
      project('conformance', ['suites/conformance.suite.ts'], { testTimeout: 30_000 }),
      // A real account’s, or none: without credentials it says what is missing.
      project('live', ['harness/cli/live.suite.ts'], { testTimeout: 30_000 }),
      project('machine', ['{mocks,harness}/**/*.machine.test.ts'], { testTimeout: 120_000 }),
    ],
  },
})
