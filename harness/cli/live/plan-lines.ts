import { maskedAddress } from '../../live/far-side.ts'
import type { LiveSettings } from '../../verify-live.ts'

/** Where the grant is kept, as a person reads it. */
export interface Keeping {
  readonly vault: string | undefined
  /** Where its key comes from. */
  readonly key: string | undefined
}

const mebibytes = (octets: number): string => `${(octets / 1024 / 1024).toFixed(1)} MiB`

/** Everything that a live run is about to do, told before its first request; pure. */
export function planLines(settings: LiveSettings, { vault, key }: Keeping, out: string): readonly string[] {
  const { farSide, accounts, budget, lanes, includeMail } = settings
  const [first] = accounts
  const single = accounts.length === 1
  const who = single ? maskedAddress(first!.account) : `${accounts.length} accounts, ${lanes} at a time`
  const one = single ? '' : ', for each account'
  const rows: readonly (readonly [string, string])[] = [
    ['account', who],
    ['issuer', `${farSide.issuer}: metadata, keys, four requests that it must refuse${through(farSide.proxy)}`],
    ['imap', `${farSide.imap.host}:${farSide.imap.port}: greeting, a made-up token${through(farSide.imapProxy)}`],
    [
      'access',
      first?.asking === undefined
        ? `by the stored grant${one}`
        : `in the browser unless a grant is stored, for: ${farSide.scope}`,
    ],
    [
      'stored',
      vault === undefined ? 'nothing: the grant comes from the environment' : `${vault}, encrypted; key: ${key}`,
    ],
    ['login', `one with each mechanism${one}`],
    ['reads', `folders, at most 50 headers, read-only${one}`],
    [
      'writes',
      first?.writes === true ? 'one message in the label oauth-imap-conformance, both removed afterwards' : 'nothing',
    ],
    ['revokes', first?.revokes === true ? 'the grant, at the end' : 'nothing'],
    [
      'limits',
      `at most ${budget.mostConnections} connections at a time and ${mebibytes(budget.mostBytes)} received${one}`,
    ],
    [
      'reports',
      `${out}; ${includeMail ? 'the address, senders and subjects stand in them' : 'no address, sender or subject stands in them'}`,
    ],
  ]
  return [
    'What is done now, in this order (Ctrl-C ends it and leaves nothing half done):',
    ...rows.map(([name, told]) => `  ${name.padEnd(8)} ${told}`),
  ]
}

/** Without user and password. */
const through = (proxy: string | undefined): string => (proxy === undefined ? '' : `, through ${new URL(proxy).host}`)
