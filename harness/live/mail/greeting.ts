import type { LiveContext } from '../context.ts'
import { LiveTrouble } from '../trouble.ts'
import { greetingLook } from './looks.ts'
import { told } from './said.ts'
import { greetedBy, lookAtOffers } from './server.ts'

/**
 * Greeting, capabilities and ID before login: records `live.greeting`, `live.capabilities`, `live.id`; looks for drift.
 *
 * @throws LiveTrouble `not-imap`, `mechanism-missing`, what a BYE tells, and whatever the way there throws
 */
export async function lookAtGreeting(context: LiveContext): Promise<string> {
  const { journal, farSide, lines, look } = context
  const line = await lines.imap()
  const { greeting, dialogue } = await greetedBy(line, ({ condition, text, said }) => {
    const words = condition === 'none' ? said : text
    const spoken = { ...farSide.imap, version: line.version, condition, said: told(words, context) }
    journal.record('live', 'live.greeting', spoken)
  })
  look(greetingLook(greeting.condition, greeting.text))
  try {
    const names = await lookAtOffers(context, dialogue, 'before-login')
    const offered = names.filter((name) => name === 'AUTH=XOAUTH2' || name === 'AUTH=OAUTHBEARER')
    if (offered.length === 0) throw new LiveTrouble('mechanism-missing', `it offers ${names.join(' ')}`)
    return `${line.version}, ${offered.join(' and ')}`
  } finally {
    await dialogue.leave()
  }
}
