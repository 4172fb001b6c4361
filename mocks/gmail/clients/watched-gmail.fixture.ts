import { createClock } from '../../../harness/clock.ts'
import type { Recorder } from '../../../harness/journal.ts'
import type { MailSetup } from '../../../harness/model/mail-setup.ts'
import type { Observation, ObservationType, Observed } from '../../../harness/model/observation.ts'
import { createRandom } from '../../../harness/random.ts'
import { openSecrets } from '../../../harness/secrets.ts'
import type { TokenStatus } from '../../mock-world.ts'
import { alice, epoch, exampleMessages, tokenLifetime } from '../gmail.fixture.ts'
import { createGmail } from '../gmail.ts'
import { messageWith } from './account.fixture.ts'

/** Google's access tokens look so, and one of 2025 is that long. */
const tokenShape = {
  prefix: 'ya29.a0',
  length: 224,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
}

/** A Gmail with the example account, the tokens that open it, and what happened so far. */
export function openWatchedGmail(mail: MailSetup = {}) {
  const clock = createClock(epoch)
  const random = createRandom(1)
  const secrets = openSecrets(random)
  const observations: Observation[] = []
  const watchers: ((observation: Observation) => void)[] = []
  const journal: Recorder = {
    record(stream, type, fields) {
      const position = observations.filter((observation) => observation.stream === stream).length + 1
      const observation = {
        type,
        stream,
        position,
        at: clock.elapsed(),
        phase: 'start',
        fields: structuredClone(fields),
      }
      observations.push(observation)
      for (const watcher of watchers) watcher(observation)
      return `${stream}#${position}`
    },
  }
  const tokens = new Map<string, TokenStatus>()
  const lookup = (token: string): TokenStatus => tokens.get(token) ?? { status: 'unknown' }
  const mailboxes = { [alice]: exampleMessages() }
  const gmail = createGmail({ journal, secrets, clock, random }, { lookup, mailboxes, mail })
  const seen = <T extends ObservationType>(type: T): Observed[T][] =>
    observations.filter((each) => each.type === type).map(({ fields }) => fields as Observed[T])
  /** Simulated time comes to the end of every token that was issued before. */
  const expireTokens = (): void => clock.set(clock.now() + tokenLifetime)
  return {
    gmail,
    journal,
    secrets,
    observations: observations as readonly Observation[],
    seen,
    /** What the clients sent, such as `UID FETCH 1 (FLAGS)`, without their tags. */
    commands: () => seen('imap.cmd').map(({ verb, arguments: text }) => `${verb} ${text}`.trimEnd()),
    /** What was marked, such as `INBOX 2 +\\Seen by STORE`, in the order of the letters: clients have none. */
    marks: () =>
      seen('imap.flags')
        .flatMap(({ folder, uid, added, removed, cause }) => [
          ...added.map((flag) => `${folder} ${uid} +${flag} by ${cause}`),
          ...removed.map((flag) => `${folder} ${uid} -${flag} by ${cause}`),
        ])
        .toSorted(),
    /** Connections that are open. */
    connections: () => seen('imap.conn.open').length - seen('imap.conn.close').length,
    /** Commands that Gmail found wrong. */
    problems: () => seen('imap.cmd').filter(({ problem }) => problem !== undefined),
    /** What Gmail said. */
    said: () => seen('imap.line.out').map(({ line }) => line),
    /** Which message lies there; undefined when none does. */
    at(folder: string, uid: number): string | undefined {
      const octets = gmail.messageBytes(alice, folder, uid)
      return octets === undefined ? undefined : messageWith(octets)
    },
    issueToken(): string {
      const token = secrets.mint('access-token', tokenShape)
      const scopes = ['https://mail.google.com/']
      tokens.set(token, { status: 'live', address: alice, scopes, expiresAt: clock.now() + tokenLifetime })
      return token
    },
    revokeToken: (token: string): void => void tokens.set(token, { status: 'revoked', address: alice }),
    expireTokens,
    /** Right after Gmail has answered the first command of this verb, the tokens expire, and sessions end with them. */
    expireAfter(verb: string, then = (): void => {}): void {
      let armed = true
      watchers.push(({ type, fields }) => {
        if (!armed || type !== 'imap.cmd' || (fields as Observed['imap.cmd']).verb !== verb) return
        armed = false
        setImmediate(() => {
          expireTokens()
          then()
        })
      })
    },
  }
}
