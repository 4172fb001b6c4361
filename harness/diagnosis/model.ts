/** Where an error comes from: what is one error never joins another of a different place. */
export type Area = 'google' | 'mail' | 'network'

/**
 * Something that a log can say. A `code` is the error itself, on which a program may act; a `detail` tells errors of one
 * code apart; a `hint` says under what circumstances, and begins no error.
 */
export interface Sign {
  readonly id: string
  readonly area: Area
  readonly kind: 'code' | 'detail' | 'hint'
  /** Looked for in one line, cleaned of colours and of the escapes of JSON, HTML and URLs. */
  readonly pattern: RegExp
  /** What was seen, in words for a person; never taken from the log. */
  readonly says: string
}

export interface Option {
  readonly key: string
  readonly says: string
}

/** A fact that no log shows and that somebody knows. */
export interface Question {
  readonly key: string
  readonly asks: string
  /** How to find out. */
  readonly look: string
  readonly options: readonly Option[]
  /** How likely each answer is with causes that have nothing to do with the question; all alike unless told. */
  readonly usual: Readonly<Record<string, Bits>>
}

/** Bits: how many times twice as likely, or half as likely, something is with this cause than without it. */
export type Bits = number

export interface Cause {
  readonly id: string
  readonly title: string
  /** How common the cause is beside others of the same error. */
  readonly prior?: Bits
  /** Without one of these the cause is not thought of. */
  readonly explains: readonly string[]
  /** By sign. */
  readonly signs?: Readonly<Record<string, Bits>>
  /** By question, then by option. */
  readonly answers?: Readonly<Record<string, Readonly<Record<string, Bits>>>>
  readonly user: string
  readonly application: string
  /** Google's page, an RFC or a public report. */
  readonly source: string
  /**
   * What `serve --world` reproduces it with. `any`: every world does, because the request itself is at fault. Null: none
   * does.
   */
  readonly preset: string | null
}

/** One error of a log, with everything that was said about it. */
export interface Incident {
  readonly area: Area
  /** Ids of signs, the code first. */
  readonly signs: readonly string[]
  /** Decoded from what the log held in base64: the error challenge of SASL, and Google's error address. */
  readonly decoded: readonly string[]
  /** Lines as they were, without secrets. */
  readonly excerpt: readonly string[]
  /** Line numbers, from 1. */
  readonly first: number
  readonly last: number
  /** How often it was met. */
  readonly count: number
}

export interface Evidence {
  readonly says: string
  readonly bits: Bits
}

export interface Suspect {
  readonly cause: Cause
  /** Of all that were thought of, 0 to 1. */
  readonly probability: number
  readonly for: readonly Evidence[]
  readonly against: readonly Evidence[]
}

export type Answers = Readonly<Record<string, string>>

export interface Diagnosis {
  readonly incident: Incident
  /** Most likely first; none when nothing explains the error. */
  readonly suspects: readonly Suspect[]
  /** Whether the first is likelier by far than all others together. */
  readonly settled: boolean
  /** The one question that best separates the first two; none when nothing is left to ask, or the answer is clear. */
  readonly question: Question | undefined
}
