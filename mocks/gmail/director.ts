import type { GmailDirector } from '../../harness/model/scenario.ts'
import type { GmailWorld } from './gmail-world.ts'

/** What a scenario may do to a Gmail. */
export type Direction = Omit<GmailDirector, 'deliver'> & {
  /** New mail arrives in the account, in the inbox unless other labels are named. */
  deliver(account: string, bytes: Uint8Array, labels?: readonly string[]): void
}

/** Google's form: sixteen letters. They make no group here, so that no space is in question. */
const appPasswordShape = { prefix: '', length: 16, alphabet: 'abcdefghijklmnopqrstuvwxyz' }

/** An open session, as far as a scenario may end it. */
export interface EndingSession {
  /** Of its account, in lower case; undefined before login. */
  readonly address: string | undefined
  /** Its end may be another than it was. */
  reconsiderEnd(): void
  /** Its time is over. */
  expire(): void
}

export function directorOf(gmail: GmailWorld, sessions: ReadonlySet<EndingSession>): Direction {
  const { policy, faults } = gmail
  return {
    offer(mechanisms) {
      policy.mechanisms = [...mechanisms]
    },
    advertise(change) {
      policy.capabilities = change
    },
    imapEnabled: (account, enabled) => refuse(gmail, account, enabled ? null : 'imap-disabled'),
    refuse: (account, refusal) => refuse(gmail, account, refusal),
    createAppPassword(account) {
      const password = gmail.secrets.mint('password', appPasswordShape)
      const known = policy.appPasswords.get(account.toLowerCase()) ?? []
      policy.appPasswords.set(account.toLowerCase(), new Set([...known, password]))
      return password
    },
    throttle(account, delay) {
      if (delay === null) policy.throttled.delete(account.toLowerCase())
      else policy.throttled.set(account.toLowerCase(), delay)
    },
    sessionEnd(change) {
      policy.sessionEnd = { ...policy.sessionEnd, ...change }
      for (const session of sessions) session.reconsiderEnd()
    },
    expireSessions(account) {
      const own = [...sessions].filter(({ address }) => address === account.toLowerCase())
      for (const session of own) session.expire()
      return own.length
    },
    secure(security) {
      policy.security = security
      gmail.journal.record('tls', 'tls.security', { server: 'gmail', security })
    },
    turn(switches) {
      policy.switches = { ...policy.switches, ...switches }
    },
    fault: (fault) => faults.arm(fault),
    clearFaults: () => faults.clear(),
    deliver(account, bytes, labels = ['\\Inbox']) {
      gmail.core.deliver(account, { bytes, labels, flags: [], internalDate: gmail.clock.now() })
    },
    renumber: (account, folder) => gmail.core.renumber(account, folder),
  }
}

function refuse({ policy }: GmailWorld, account: string, refusal: Parameters<GmailDirector['refuse']>[1]): void {
  if (refusal === null) policy.refusals.delete(account.toLowerCase())
  else policy.refusals.set(account.toLowerCase(), refusal)
}
