import type { Line } from '../lines/lines.ts'
import { LiveTrouble } from '../trouble.ts'

/** What the server ended a command with. */
export interface Completion {
  /** `BYE`: it ended the connection instead. */
  readonly condition: 'OK' | 'NO' | 'BAD' | 'BYE'
  /** Such as `AUTHENTICATIONFAILED` or `APPENDUID 1 2`. */
  readonly code: string | null
  /** For people, behind the response code. */
  readonly text: string
  /** All of it without the tag. */
  readonly said: string
  /** Untagged responses before it, without `* `. */
  readonly untagged: readonly string[]
}

/** What a client says where the server asks it to go on, with its line end. */
export type GoOn = (asked: string) => string

/** Nothing that is asked here needs more. */
const mostGoOns = 4

/** Commands and their ends over one connection, one at a time (RFC 3501 §2.2). */
export interface Dialogue {
  /** Of TLS. */
  readonly version: string
  /**
   * @param goOn answers each continuation request; without it none is expected
   * @throws LiveTrouble `not-understood`, and whatever the connection ends with
   */
  ask(command: string, goOn?: GoOn): Promise<Completion>
  /** Says LOGOUT, whatever comes of it, and ends the connection. */
  leave(): Promise<void>
}

export function openDialogue(line: Line): Dialogue {
  let commands = 0
  const ask = async (command: string, goOn?: GoOn): Promise<Completion> => {
    const tag = `L${++commands}`
    await line.write(`${tag} ${command}\r\n`)
    const untagged: string[] = []
    let asked = 0
    for (;;) {
      const said = await readOr(line, () => untagged.find((response) => /^BYE\b/i.test(response)))
      if (said.startsWith('* ')) untagged.push(said.slice(2))
      else if (said.startsWith('+') && goOn !== undefined && asked++ < mostGoOns)
        await line.write(goOn(said.slice(1).trimStart()))
      else if (said.startsWith(`${tag} `)) return completion(said.slice(tag.length + 1), untagged)
      else if (/^BYE\b/i.test(said)) return completion(said, untagged)
      else throw new LiveTrouble('not-understood', `the mail server said ${said.slice(0, 200)}`)
    }
  }
  return {
    version: line.version,
    ask,
    async leave() {
      await ask('LOGOUT').catch(ignore)
      await line.end().catch(ignore)
    },
  }
}

const ignore = (error: unknown): void => {
  if (!(error instanceof LiveTrouble)) throw error
}

/** A connection that the server ended after a BYE was ended by its word. */
const readOr = (line: Line, bye: () => string | undefined): Promise<string> =>
  line.read().catch((error: unknown) => {
    const said = error instanceof LiveTrouble && error.trouble === 'cut-off' ? bye() : undefined
    if (said === undefined) throw error
    return said
  })

function completion(said: string, untagged: readonly string[]): Completion {
  const [, condition = '', code, text = ''] = /^(OK|NO|BAD|BYE)(?: +\[([^\]]*)\])?(?: +(.*))?$/is.exec(said) ?? []
  const known = conditions.find((one) => one === condition.toUpperCase())
  if (known === undefined) throw new LiveTrouble('not-understood', `the mail server said ${said.slice(0, 200)}`)
  return { condition: known, code: code ?? null, text, said, untagged }
}

const conditions = ['OK', 'NO', 'BAD', 'BYE'] as const

/** @throws LiveTrouble for a command that must succeed and did not */
export function succeeded(completed: Completion, command: string): Completion {
  if (completed.condition === 'OK') return completed
  throw new LiveTrouble(refusalIn(completed.said) ?? 'not-understood', `${command}: ${completed.said}`)
}

/** In Gmail’s words (`fixtures/gmail/refusals.json`) and in those of RFC 5530; what is left is a refusal like any other. */
const refusals: readonly (readonly [RegExp, 'throttled' | 'imap-off' | 'server-error'])[] = [
  [/\[(?:THROTTLED|LIMIT|OVERQUOTA)\b|too many simultaneous connections|bandwidth limits|sent too fast/i, 'throttled'],
  [/IMAP access is disabled|not enabled for IMAP/i, 'imap-off'],
  [/\[(?:UNAVAILABLE|SERVERBUG|INUSE)\b|system (?:error|problem)|system shutdown/i, 'server-error'],
]

/** What a refusal tells of the server rather than of what was refused. */
export const refusalIn = (said: string): 'throttled' | 'imap-off' | 'server-error' | undefined =>
  refusals.find(([words]) => words.test(said))?.[1]
