import type { Asking } from '../../live/account/grant.ts'
import { keyVariable } from '../../live/keeping/vault-place.ts'
import type { Terminal } from '../../model/terminal.ts'
import { openInBrowser } from '../../runtime/open-browser.ts'
import type { Invocation } from '../command.ts'
import { textOption, wholeNumber } from '../options.ts'

const usualWait = 300
const hintAfter = 20_000

/** Asks the person at this machine: in the browser, or by an address that they open themselves. */
export function askingAt(
  options: Invocation['options'],
  environment: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
): Asking {
  const wait = textOption(options, 'wait')
  const patience = 1000 * (wait === undefined ? usualWait : wholeNumber('wait', wait, { from: 5, to: 3600 }))
  const opens = options['browser'] !== false
  return {
    patience,
    // Who waits for less than usual is told all the same.
    hintAfter: Math.min(hintAfter, patience / 2),
    hint: (lines) => lines.forEach(terminal.complain),
    async openBrowser(url) {
      if (opens && (await openInBrowser(url, environment, secretVariables(options)))) return
      terminal.complain('Open this address in a browser, on this machine:')
      terminal.complain(url)
    },
  }
}

/** Variables that were read by now, and hold what a browser has nothing to do with. */
const secretVariables = (options: Invocation['options']): readonly string[] => [
  keyVariable,
  ...['client', 'grant'].flatMap((name) => /^env:(.+)$/.exec(textOption(options, name) ?? '')?.[1] ?? []),
]
