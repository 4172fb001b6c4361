import type { Exchange, Extension } from '../gmail/command.ts'
import { ending } from '../gmail/core/words.ts'
import type { Status } from '../gmail/state.ts'

const known: readonly Extension[] = ['CONDSTORE', 'UTF8=ACCEPT']

interface Enable {
  /** What the server can switch on. */
  readonly has: readonly string[]
  run(command: string, ended: (status: Status) => void): void
  ended(status: Status): void
}

/** ENABLE (RFC 5161): of what the client names, the server is told what Gmail and it both know. */
export function enable(text: string, { enabled, untagged }: Exchange, { has, run, ended }: Enable): void {
  const asked = new Set(text.toUpperCase().split(' '))
  const wanted = known.filter((name) => asked.has(name) && !enabled.has(name) && has.includes(name))
  const tell = (status: Status): void => {
    if (status.condition !== 'OK') return ended(status)
    for (const name of wanted) enabled.add(name)
    untagged(['ENABLED', ...wanted].join(' '))
    ended(ending('success'))
  }
  if (wanted.length === 0) tell(ending('success'))
  else run(`ENABLE ${wanted.join(' ')}`, tell)
}
