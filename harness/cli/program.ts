import { Command as Program, CommanderError } from 'commander'
import { Fault } from '../model/fault.ts'
import type { Terminal } from '../model/terminal.ts'
import { version } from '../version.ts'
import { nearest } from '../nearest.ts'
import type { Command, ExitCode } from './command.ts'
import { commands } from './commands.ts'

/** Parses the arguments, runs one command and says how it ended; it never exits by itself. */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = new Program('oauth-imap')
    .description('Proves that an application which reads Gmail over IMAP with OAuth 2.0 does it right.')
    .version(version)
    .showSuggestionAfterError(true)
    .addHelpText('after', '\nExit codes: 0 conforms, 1 does not, 2 incomplete, 3 could not run, 130 interrupted.')
  quiet(program, terminal)
  for (const command of commands) add(program, command, terminal, (ended) => (code = ended))
  const [first, asked] = args
  try {
    if (first === 'help' && asked !== undefined) findCommand(asked)
    await program.parseAsync([...args], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 3
    return complain(error, terminal)
  }
}

/** @throws Fault `UNKNOWN_NAME`, which commander's own `help` leaves out */
function findCommand(asked: string): void {
  const names = commands.map(({ name }) => name)
  if (names.includes(asked) || asked.startsWith('-')) return
  throw new Fault('UNKNOWN_NAME', `There is no command ${asked}.`, `Did you mean ${nearest(asked, names)}?`)
}

function quiet(program: Program, terminal: Terminal): void {
  program.exitOverride().configureOutput({
    writeOut: (text) => terminal.print(text.trimEnd()),
    outputError: (text) => {
      // Commander puts its suggestion on a line of its own; here one problem is one line.
      const message = text
        .replace(/^error: /, '')
        .trim()
        .replaceAll('\n', ' ')
      terminal.complain(line(`oauth-imap: ${message}${/[.?)]$/.test(message) ? '' : '.'} Try \`oauth-imap --help\`.`))
    },
  })
}

function add(program: Program, command: Command, terminal: Terminal, end: (code: ExitCode) => void): void {
  const sub = program.command(command.name).description(command.summary)
  if (command.arguments !== undefined) sub.arguments(command.arguments)
  for (const { flags, describe, several, once } of command.options) {
    if (once !== undefined) sub.option(flags, describe, onlyOnce(flags, once))
    else if (several === true) sub.option(flags, describe, (value: string, before: string[]) => [...before, value], [])
    else sub.option(flags, describe)
  }
  quiet(sub, terminal)
  sub.action(async () => {
    const { run } = await command.load()
    end(await run({ arguments: sub.args, options: sub.opts(), terminal }))
  })
}

/** @throws Fault `USAGE` at the second time */
const onlyOnce = (flags: string, instead: string) => (value: string, before: string | undefined) => {
  if (before === undefined) return value
  throw new Fault('USAGE', `${flags.split(' ')[0]} is given twice.`, instead)
}

/** What was typed or read may hold anything; the complaint about it is one line and no command to the terminal. */
const line = (text: string): string => text.replaceAll(/\p{C}+/gu, ' ')

/** What a person can act on is one line; anything else is a bug of ours and says so. */
export function complain(error: unknown, terminal: Terminal): ExitCode {
  if (error instanceof Fault) {
    terminal.complain(line(`oauth-imap: ${error.message} ${error.hint}`))
    return error.code === 'INTERRUPTED' ? 130 : 3
  }
  const message = error instanceof Error ? error.message : String(error)
  terminal.complain(
    line(`oauth-imap: a fault of ours: ${message}. Please report it with the command you gave; nothing was judged.`),
  )
  return 3
}
