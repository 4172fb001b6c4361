import * as nodeModule from 'node:module'
import type { Terminal } from '../model/terminal.ts'

/** The terminal of this process, and the one way to end it. */
export function openTerminal(): { readonly terminal: Terminal; exit(code: number): void } {
  // Loading the same sources again costs a third of the time; only Node has this, and may lack it.
  if ('enableCompileCache' in nodeModule) nodeModule.enableCompileCache()
  // A reader that has seen enough, such as `head`, is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3))
  const { NO_COLOR, FORCE_COLOR, TERM, LC_ALL, LC_CTYPE, LANG } = process.env
  const wanted = NO_COLOR === undefined || NO_COLOR === ''
  return {
    terminal: {
      print: (line) => void process.stdout.write(`${line}\n`),
      complain: (line) => void process.stderr.write(`${line}\n`),
      colour: wanted && TERM !== 'dumb' && (process.stdout.isTTY === true || (FORCE_COLOR ?? '') !== ''),
      unicode: process.platform === 'win32' || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || 'utf-8'),
    },
    exit: (code) => {
      process.exitCode = code
    },
  }
}
