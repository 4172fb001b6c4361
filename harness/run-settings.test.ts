import { expect, test } from 'vitest'
import { checkOf } from './hand-made.fixture.ts'
import { capabilities } from './model/capability.ts'
import type { PlayedAll } from './play-all.ts'
import { type RunSettings, circumstances, judgeOptions } from './run-settings.ts'

const settings: RunSettings = {
  subject: { name: 'sends-a-plain-challenge', kind: 'counterexample', module: 'x', evidence: 'example' },
  configuration: { directory: '.', evidence: 'your configuration' },
  selection: { only: [], steps: [7] },
  seed: 9,
  strict: true,
}
const played: PlayedAll = {
  plays: [],
  subject: { name: 's', version: '3.1', capabilities: ['watch'] },
  scanners: [],
  lacks: new Map(),
  server: undefined,
  interrupted: true,
}

test('a check is played again with the same subject and seed', () => {
  const check = checkOf({ id: 'leak/logs' })
  expect(judgeOptions(settings, played).replay(check)).toBe(
    'npx oauth-imap demo --break sends-a-plain-challenge --only leak/logs --seed 9',
  )
  const own = { ...settings, subject: { ...settings.subject, kind: 'reference' } }
  expect(judgeOptions(own, played).replay(check)).toContain('npx oauth-imap run --only leak/logs --seed 9')
})

test('client files and settings are read by us, whatever the subject declares', () => {
  expect([...judgeOptions(settings, played).capabilities]).toEqual(['watch', 'configuration-files'])
  expect(judgeOptions(settings, played).strict).toBe(true)
})

test('a subject that never came to declare anything is not known to lack anything', () => {
  const { capabilities: assumed } = judgeOptions(settings, { ...played, subject: undefined })
  expect([...assumed].toSorted()).toEqual(capabilities.toSorted())
})

test('the circumstances tell who was judged, by whom and where', () => {
  const catalogue = { version: 4, checks: [checkOf()], scenarios: [] }
  const time = { startedAt: '2026-01-14T09:00:00.000Z', durationMs: 12 }
  expect(circumstances(settings, catalogue, played, time)).toMatchObject({
    ...time,
    tool: { name: 'oauth-imap-conformance' },
    catalogue: { version: 4, checks: 1 },
    subject: { name: 'sends-a-plain-challenge', kind: 'counterexample', version: '3.1' },
    environment: { runtime: expect.stringMatching(/^(node|bun|deno) \d/), mailbox: 'embedded', seed: 9, strict: true },
    selection: settings.selection,
    interrupted: true,
    evidence: { configuration: 'your configuration', behaviour: 'example' },
  })
})
