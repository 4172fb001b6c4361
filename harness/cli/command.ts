import type { Terminal } from '../model/terminal.ts'

/** Exit codes are part of the outside: 0 conforms, 1 does not, 2 incomplete, 3 could not run, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 130

export interface Option {
  /** As commander reads them, such as `--seed <number>`. */
  readonly flags: string
  readonly describe: string
  /** May be given several times; the values are collected. */
  readonly several?: boolean
  /** May not be given twice, for the second would be taken in silence; what to do instead. */
  readonly once?: string
}

export interface Invocation {
  readonly arguments: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
  readonly terminal: Terminal
}

/** A command as data; what it does is loaded only when it is called. */
export interface Command {
  readonly name: string
  /** Such as `<check-id>` or `<kind> [folder]`; commander’s notation. */
  readonly arguments?: string
  readonly summary: string
  readonly options: readonly Option[]
  load(): Promise<{ run(invocation: Invocation): Promise<ExitCode> }>
}
