/** Where commands speak to a person or a log; a test gives its own. */
export interface Terminal {
  /** One line, or several, to standard output. */
  print(text: string): void
  /** One line to standard error. */
  complain(line: string): void
  readonly colour: boolean
  readonly unicode: boolean
}
