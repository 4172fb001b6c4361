import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createScanner } from '../secret-scanner.ts'
import { runToEnd } from './program.fixture.ts'

const slow = 60_000
let root: string
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'oauth-imap-why-test-'))))
afterAll(() => rm(root, { recursive: true, force: true }))

const error = 'invalid_grant: Token has been expired or revoked.'
const secret = '1' + '//0gZq7tRk2wXv9LmB4nHs8PdYc3JfGu6AeTo1iQy5rWzKx0-L9Ir'

describe('oauth-imap why', () => {
  test('names the cause of an error on the command line', { timeout: slow }, async () => {
    const { code, stdout, complaints } = await runToEnd(
      ['why', error, '--answer', 'publishing=testing', '--answer', 'age=about-a-week'],
      root,
    )
    expect([code, complaints]).toEqual([0, []])
    expect(stdout).toContain('oauth-imap serve --world testing-7-days')
  })

  test('reads a log on standard input, and shows no secret of it', { timeout: slow }, async () => {
    const log = [
      `POST /token refresh_token=${encodeURIComponent(secret)}\n`,
      `{"error":"invalid_grant","token":"${secret}"}\n`,
    ]
    const scanner = createScanner()
    scanner.add({ ref: 'refresh-token-1', kind: 'refresh-token', value: secret })
    expect(scanner.scanText(log.join(''))).toHaveLength(2)
    for (const args of [[], ['--json'], ['--ticket']]) {
      const { code, stdout, complaints } = await runToEnd(['why', ...args], root, { input: log })
      expect([code, complaints, scanner.scanText(stdout)]).toEqual([0, [], []])
      expect(stdout).toContain('invalid_grant')
    }
  })

  test('reads a log of any length', { timeout: slow }, async () => {
    const lines = '2026-03-01T10:00:00Z INFO fetched 12 messages for a@example.com in 48 ms\n'.repeat(1000)
    const input = (function* () {
      for (let index = 0; index < 300; index++) yield lines
      yield `${error}\n`
    })()
    const { code, stdout } = await runToEnd(['why', '--json'], root, { input })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ lines: 300_001, errors: [{ firstLine: 300_001 }] })
    expect(stdout.length).toBeLessThan(60_000)
  })

  test('says what it needs where nothing is known, or nothing comes', { timeout: slow }, async () => {
    for (const [input, told] of [
      [['all is well\n'], 'No error that we know in 1 line.'],
      [[], 'Nothing was read.'],
    ] as const) {
      const { code, stdout } = await runToEnd(['why'], root, { input })
      expect([code, stdout]).toEqual([2, expect.stringContaining(told)])
    }
    expect(await runToEnd(['why'], root)).toMatchObject({ code: 2 })
  })

  test('tells in one line what it does not take', { timeout: slow }, async () => {
    expect(await runToEnd(['why', error, '--answer', 'publishing=tested'], root)).toMatchObject({
      code: 3,
      stdout: '',
      complaints: [
        'oauth-imap: --answer publishing takes testing, production, published-later, internal. Did you mean testing?',
      ],
    })
  })
})

describe('oauth-imap serve --world', () => {
  test('tells the nearest presets where there is none of the name', { timeout: slow }, async () => {
    const { code, stdout, complaints } = await runToEnd(['serve', '--world', 'testing-7-day'], root)
    expect([code, stdout, complaints]).toEqual([
      3,
      '',
      [
        expect.stringMatching(
          /^oauth-imap: There is no preset testing-7-day\. Did you mean testing-7-days, [\w-]+ or [\w-]+\? A file of your own needs a dot or a slash in its path\.$/,
        ),
      ],
    ])
  })
})
