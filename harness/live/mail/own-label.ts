import type { LiveContext } from '../context.ts'
import type { Lines } from '../lines/lines.ts'
import { succeeded } from './dialogue.ts'
import { labelName } from './own-message.ts'
import { valuesIn } from './response-values.ts'
import type { Credentials } from './sasl.ts'
import { type Session, withSession } from './session.ts'

/** A session that knows what our label is called there. */
export interface LabelSession extends Session {
  readonly label: string
}

/** @throws LiveTrouble */
export const withLabelSession = <T>(
  context: Pick<LiveContext, 'farSide'>,
  lines: Lines,
  credentials: Credentials,
  use: (session: LabelSession) => Promise<T>,
): Promise<T> =>
  withSession(context, lines, credentials, async (session) => use({ ...session, label: await labelIn(session) }))

/** Some servers have all mailboxes of a person below a prefix, such as `INBOX.`, and take no name outside of it. */
async function labelIn({ dialogue, capabilities }: Session): Promise<string> {
  if (!capabilities.includes('NAMESPACE')) return labelName
  const { untagged } = succeeded(await dialogue.ask('NAMESPACE'), 'NAMESPACE')
  const told = untagged.find((response) => /^NAMESPACE /i.test(response)) ?? ''
  // The first of the personal ones (RFC 2342 §5): its prefix, then its delimiter.
  const [, personal] = valuesIn(told)
  const [first] = Array.isArray(personal) ? personal : []
  const [prefix] = Array.isArray(first) ? first : []
  return typeof prefix === 'string' ? prefix + labelName : labelName
}
