import type { AskedVersion } from '../../model/live.ts'
import type { LiveContext } from '../context.ts'

const servers = ['issuer', 'imap'] as const
const versions: readonly AskedVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']

/**
 * Which versions of TLS both servers agree to: records `live.tls`, looks for drift. Each version is a look of its own, such
 * as `imap-TLSv1.1`, so that a machine which cannot ask for one has made no look instead of having seen something else.
 *
 * @throws LiveTrouble
 */
export async function lookAtTls({ lines, journal, look }: LiveContext): Promise<string> {
  const questions = servers.flatMap((server) => versions.map((asked) => ({ server, asked })))
  const asking = questions.map(async (question) => ({
    ...question,
    accepted: await lines.asks(question.server, question.asked),
  }))
  const asked = await Promise.allSettled(asking)
  for (const answer of asked) {
    if (answer.status === 'rejected') continue
    const { server, asked: version, accepted } = answer.value
    journal.record('live', 'live.tls', answer.value)
    if (accepted !== null)
      look({
        area: 'imap-tls',
        look: `${server}-${version}`,
        facts: { agreement: accepted ? 'accepted' : 'refused' },
      })
  }
  const answers = await Promise.all(asking)
  return servers
    .map((name) => {
      const agreed = answers.filter(({ server, accepted }) => server === name && accepted === true)
      return `${name}: ${agreed.map(({ asked: version }) => version).join(', ') || 'none'}`
    })
    .join('; ')
}
