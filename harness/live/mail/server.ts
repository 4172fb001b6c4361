import type { LiveContext } from '../context.ts'
import type { Line } from '../lines/lines.ts'
import { LiveTrouble } from '../trouble.ts'
import { type Completion, type Dialogue, openDialogue, refusalIn, succeeded } from './dialogue.ts'
import { capabilityLook, idLook } from './looks.ts'
import { valuesIn } from './response-values.ts'
import { told } from './said.ts'

export interface Greeting {
  readonly condition: 'OK' | 'PREAUTH' | 'BYE' | 'none'
  /** Behind the condition. */
  readonly text: string
  /** All of it, where it is none. */
  readonly said: string
}

/** A mail server that has greeted. */
export interface Server {
  readonly greeting: Greeting
  readonly dialogue: Dialogue
}

/**
 * @throws LiveTrouble `not-imap` for what is no greeting, and for BYE what that tells; `greeted` is told of it before
 */
export async function greetedBy(line: Line, greeted: (greeting: Greeting) => void = () => {}): Promise<Server> {
  try {
    const greeting = greetingIn(await line.read())
    greeted(greeting)
    if (greeting.condition === 'none')
      throw new LiveTrouble('not-imap', `it begins with ${greeting.said.slice(0, 100) || 'an empty line'}`)
    if (greeting.condition === 'BYE')
      throw new LiveTrouble(refusalIn(`BYE ${greeting.text}`) ?? 'server-error', `BYE ${greeting.text}`)
    return { greeting, dialogue: openDialogue(line) }
  } catch (error) {
    await line.end().catch(() => {})
    throw error
  }
}

function greetingIn(said: string): Greeting {
  const [, condition = 'none', text = ''] = /^\* (OK|PREAUTH|BYE)\b ?(.*)$/is.exec(said) ?? []
  return { condition: condition === 'none' ? 'none' : (condition.toUpperCase() as 'OK'), text, said }
}

/** A session from greeting to LOGOUT: whatever happens in it, it is left in good order. */
export async function withServer<T>(
  context: Pick<LiveContext, 'lines'>,
  use: (server: Server) => Promise<T>,
): Promise<T> {
  const server = await greetedBy(await context.lines.imap())
  try {
    return await use(server)
  } finally {
    await server.dialogue.leave()
  }
}

/** Names in capital letters, in the order of the server. */
export async function capabilitiesOf(dialogue: Dialogue): Promise<readonly string[]> {
  const { untagged } = succeeded(await dialogue.ask('CAPABILITY'), 'CAPABILITY')
  return announcedIn(untagged) ?? []
}

/** The last capabilities among responses: some come unasked. */
export const announcedIn = (untagged: Completion['untagged']): readonly string[] | undefined =>
  untagged
    .filter((response) => /^CAPABILITY /i.test(response))
    .at(-1)
    ?.toUpperCase()
    .split(/ +/)
    .slice(1)
    .filter((name) => name !== '')

/** Asks what the server offers and what it calls itself: records `live.capabilities` and `live.id`, looks for drift. */
export async function lookAtOffers(
  context: LiveContext,
  dialogue: Dialogue,
  when: 'before-login' | 'after-login',
): Promise<readonly string[]> {
  const { journal, look } = context
  const names = await capabilitiesOf(dialogue)
  journal.record('live', 'live.capabilities', { when, names })
  look(capabilityLook(when, names))
  if (!names.includes('ID')) return names
  // RFC 2971 §3.1: a client may keep to itself what it is.
  const { untagged } = succeeded(await dialogue.ask('ID NIL'), 'ID')
  const { name, fields } = identityIn(untagged)
  journal.record('live', 'live.id', { name: name === null ? null : told(name, context), fields })
  look(idLook(when, fields))
  return names
}

function identityIn(untagged: Completion['untagged']): { readonly name: string | null; readonly fields: string[] } {
  const response = untagged.find((one) => /^ID /i.test(one))
  const [, list = null] = response === undefined ? [] : valuesIn(response)
  const pairs = Array.isArray(list) ? list : []
  const fields = pairs.flatMap((field, index) =>
    index % 2 === 0 && typeof field === 'string' ? [field.toLowerCase()] : [],
  )
  const name: unknown = pairs[fields.indexOf('name') * 2 + 1]
  return { name: fields.includes('name') && typeof name === 'string' ? name : null, fields }
}
