import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const main = at('harness/cli/main.ts')

const commands = {
  Node: [process.execPath, main],
  Bun: [at('node_modules/.bin/bun'), main],
  Deno: [at('node_modules/.bin/deno'), 'run', '-A', '--no-prompt', main],
}

test.concurrent.each(Object.entries(commands))(
  'curl lives the life of a token at `serve` on %s',
  async (_, command) => {
    const { stdout } = await promisify(execFile)(
      '/usr/bin/env',
      ['bash', at('fixtures/oracles/shell/serve-journey.sh'), ...command],
      {
        timeout: 100_000,
      },
    )
    expect(stdout.trim().split('\n')).toEqual([
      'ready',
      'discovery',
      'consent',
      'exchange: Bearer for https://mail.google.com/ https://www.googleapis.com/auth/userinfo.email openid',
      'login',
      'new mail',
      'expired after an hour',
      'refresh and login',
      'ended at once',
      'overloaded once',
      'revoked: invalid_grant',
      'the journal shows the way out, and no secret',
      'ended, and left nothing',
    ])
  },
)
