import type { LiveMechanism } from '../../model/live.ts'
import type { LiveContext } from '../context.ts'
import type { Lines } from '../lines/lines.ts'
import { LiveTrouble } from '../trouble.ts'
import { type Dialogue, refusalIn } from './dialogue.ts'
import { type Credentials, authenticate } from './sasl.ts'
import { announcedIn, capabilitiesOf, withServer } from './server.ts'

/** A dialogue with somebody logged in. */
export interface Session {
  readonly dialogue: Dialogue
  /** After login. */
  readonly capabilities: readonly string[]
}

const mechanisms: readonly LiveMechanism[] = ['XOAUTH2', 'OAUTHBEARER']

/** @throws LiveTrouble `mechanism-missing`, `login-refused`, and what else a refusal tells */
export const withSession = <T>(
  { farSide }: Pick<LiveContext, 'farSide'>,
  lines: Lines,
  credentials: Credentials,
  use: (session: Session) => Promise<T>,
): Promise<T> =>
  withServer({ lines }, async ({ dialogue }) => {
    const before = await capabilitiesOf(dialogue)
    const mechanism = mechanisms.find((name) => before.includes(`AUTH=${name}`))
    if (mechanism === undefined) throw new LiveTrouble('mechanism-missing', `it offers ${before.join(' ')}`)
    const using = { capabilities: before, server: farSide.imap }
    const { completed } = await authenticate(dialogue, { ...credentials, mechanism }, using)
    if (completed.condition !== 'OK')
      throw new LiveTrouble(refusalIn(completed.said) ?? 'login-refused', completed.said)
    return use({ dialogue, capabilities: announcedIn(completed.untagged) ?? (await capabilitiesOf(dialogue)) })
  })
