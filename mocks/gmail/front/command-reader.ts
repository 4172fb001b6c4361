import type { Command, Extension, Ready } from '../command.ts'
import { commands } from '../commands.ts'
import type { GmailWorld } from '../gmail-world.ts'
import { type State, standingOf } from '../state.ts'
import type { CommandLine } from '../wire/command-stream.ts'
import { Decoder, GrammarError } from '../wire/decoder.ts'
import { missingExtension } from './extension-use.ts'
import type { SessionRecord } from './session-record.ts'
import { type Filling, wordsOf } from './words.ts'

/** A command whose line was read whole. */
export interface Read {
  readonly tag: string
  readonly command: Command
  /** Its arguments as evidence shows them. */
  readonly text: string
  readonly ready: Ready
}

/** A line that is no command of this server's; `words` end it. */
export interface Unread {
  readonly tag: string
  readonly words: string
}

export interface Reader {
  readonly gmail: GmailWorld
  readonly record: SessionRecord
  readonly state: State
  readonly enabled: ReadonlySet<Extension>
  readonly filling: Filling
}

const literal = /~?\{(\d+)\+?\}\r\n/g

/** The capability that a client needs to see before it may send a command. */
const capabilityOf: Readonly<Record<string, string>> = {
  ENABLE: 'ENABLE',
  GETQUOTA: 'QUOTA',
  GETQUOTAROOT: 'QUOTA',
  ID: 'ID',
  IDLE: 'IDLE',
  MOVE: 'MOVE',
  NAMESPACE: 'NAMESPACE',
  UNSELECT: 'UNSELECT',
  XYZZY: 'XYZZY',
  'UID EXPUNGE': 'UIDPLUS',
  'UID MOVE': 'MOVE',
}

/** Reads the whole command before anything is done, and records it. */
export function readCommand(line: CommandLine, reader: Reader): Read | Unread {
  const { gmail, record, state, enabled, filling } = reader
  const standing = standingOf(state)
  const before = state.name === 'not-authenticated' ? '-before-login' : ''
  const wire = new Decoder(line, enabled.has('UTF8=ACCEPT'))
  let [tag, verb, text, secret] = ['*', '', '', true]
  const refuse = (answer: 'unknown-command' | 'unparsable' | 'misplaced', problem: string): Unread => {
    record.command(standing, tag, verb, secret ? '‹withheld›' : text, problem)
    const words = answer === 'misplaced' ? answer : (`${answer}${before}` as const)
    return { tag, words: wordsOf(words, { ...filling, verb: verb.split(' ')[0]! }) }
  }
  try {
    tag = wire.tag()
    verb = wire.sp().keyword()
    if (verb === 'UID') verb += ` ${wire.sp().keyword()}`
    const command = commandNamed(verb, gmail)
    secret = command?.secret ?? state.name === 'not-authenticated'
    text = wire.rest.trimStart().replace(literal, '‹literal of $1 octets›')
    if (command === undefined) return refuse('unknown-command', 'unknown command')
    const ready = command.read(wire, { state, gmail })
    text = ready.shown ?? text
    secret = false
    if (!command.allowedIn(standing)) {
      const problem = `not allowed in state ${standing}`
      // Before the login Gmail knows no other commands.
      return refuse(state.name === 'not-authenticated' ? 'unknown-command' : 'misplaced', problem)
    }
    const missing = state.name === 'relayed' ? missingExtension(verb, text, gmail.core) : undefined
    if (missing !== undefined) return refuse('unparsable', `needs ${missing}, which is not offered`)
    record.command(standing, tag, verb, text)
    return { tag, command, text, ready }
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error
    return refuse('unparsable', error.message)
  }
}

function commandNamed(verb: string, { core, policy }: GmailWorld): Command | undefined {
  const capability = capabilityOf[verb]
  if (capability === undefined) return commands.get(verb)
  const withdrawn = policy.capabilities.without?.includes(capability) ?? false
  return withdrawn || !core.offers(capability) ? undefined : commands.get(verb)
}
