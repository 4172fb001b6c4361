import front from '../../../fixtures/gmail/front.json' with { type: 'json' }
import refusals from '../../../fixtures/gmail/refusals.json' with { type: 'json' }
import type { GmailRefusal } from '../../../harness/model/gmail-setup.ts'
import type { Status } from '../state.ts'

/** What stands for `{id}`, `{address}` and `{verb}` in a text. */
export interface Filling {
  readonly id?: string
  readonly address?: string
  readonly verb?: string
}

const filled = (text: string, filling: Filling): string =>
  text.replace(/\{(id|address|verb)\}/g, (_, name: keyof Filling) => filling[name] ?? '')

/** Gmail's own words, from the fixture that names their source. */
export const wordsOf = (name: keyof typeof front, filling: Filling = {}): string => filled(front[name].text, filling)

/** Words such as `NO [ALERT] …` as the end of a command. */
export function statusOf(words: string): Status {
  const [, condition = 'BAD', text = words] = /^(OK|NO|BAD) (.*)$/.exec(words) ?? []
  return { condition: condition as Status['condition'], text }
}

/** The text of a BYE. */
export const byeText = (name: keyof typeof front): string => wordsOf(name).replace(/^BYE /, '')

export const statusNamed = (name: keyof typeof front, filling: Filling = {}): Status => statusOf(wordsOf(name, filling))

export interface Refusal {
  /** Untagged responses that come first, without `* `. */
  readonly untagged: readonly string[]
  /** `NO …`, or `BYE …` in place of a tagged answer. */
  readonly answer: string
  /** It was seen after the error challenge, as if the token were bad. */
  readonly challenge: boolean
  /** Only who comes with a password meets it. */
  readonly passwordsOnly: boolean
}

interface Row {
  readonly untagged?: readonly string[]
  readonly answer: string
  readonly challenge?: boolean
  readonly by?: string
}
const rows: Readonly<Record<GmailRefusal, Row>> = refusals

export function refusalNamed(name: GmailRefusal, filling: Filling): Refusal {
  const { untagged = [], answer, challenge = false, by } = rows[name]
  return { untagged, answer: filled(answer, filling), challenge, passwordsOnly: by === 'password' }
}
