/** A project folder that is made when it is needed: no fixture lies about with something in it that looks like a secret. */
export interface MadeProject {
  readonly name: string
  /** What is good or bad about it, in one sentence for people. */
  readonly story: string
  /** Nothing is taken over from the example project. */
  readonly empty?: true
  /** Files beyond those of the example, instead of them, changed, or (null) away. */
  readonly files: ProjectFiles
  /** The flaw shows only when the life of a token is played with it, as `check --play` does. */
  readonly played?: true
  /** Permission bits in octal digits; 0600 for what holds secrets and 0644 for the rest unless told. */
  readonly modes?: Readonly<Record<string, string>>
  /**
   * Whether it is a Git repository, and what was committed before the present state: each state changes the one before it.
   * What an ignore file names stays uncommitted.
   */
  readonly repository?: { readonly earlier?: readonly ProjectFiles[]; readonly uncommitted?: readonly string[] }
  /** Everything that the gate must find in it, and nothing else; MAY is information. */
  readonly expects: readonly ExpectedFinding[]
  /** A public report of the same in the wild. */
  readonly seenIn?: string
}

export type ProjectFiles = Readonly<Record<string, string | null | ((before: string) => string)>>

export interface ExpectedFinding {
  readonly rule: string
  readonly path: string
  readonly line: number
  /** `information` counts for nothing, `unreadable` is an error of the file, `excused` is waived or in the baseline. */
  readonly as?: 'information' | 'unreadable' | 'excused'
}
