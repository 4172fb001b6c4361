import type { Terminal } from '../model/terminal.ts'
import { keepCompiled } from './compile-cache.ts'

/** The terminal of this process, and the one way to end it. */
export function openTerminal(): { readonly terminal: Terminal; exit(code: number): void } {
  keepCompiled()
  const complain = lines(process.stderr, () => {})
  const print = lines(process.stdout, (error) => {
    complain(`oauth-imap: Cannot write to standard output (${error.code ?? error.message}). Send it elsewhere.`)
    process.exit(3)
  })
  const { NO_COLOR, FORCE_COLOR, TERM, LC_ALL, LC_CTYPE, LANG } = process.env
  const wanted = NO_COLOR === undefined || NO_COLOR === ''
  return {
    terminal: {
      print,
      complain,
      colour: wanted && TERM !== 'dumb' && (process.stdout.isTTY === true || (FORCE_COLOR ?? '') !== ''),
      unicode: process.platform === 'win32' || /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || 'utf-8'),
    },
    exit: (code) => {
      process.exitCode = code
      // By now nothing should be under way; what is all the same, does not keep a person waiting.
      const leave = (): void => (process.stdout.writableLength === 0 ? process.exit(code) : later(leave))
      later(leave)
    },
  }
}

const later = (work: () => void): void => void setTimeout(work, 500).unref()

/** Writes lines until the reader goes: one that has seen enough, such as `head`, is no error and stops no work. */
function lines(stream: NodeJS.WriteStream, failed: (error: NodeJS.ErrnoException) => void): (line: string) => void {
  let open = true
  stream.on('error', (error: NodeJS.ErrnoException) => {
    open = false
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') failed(error)
  })
  return (line) => void (open && stream.write(`${line}\n`))
}
