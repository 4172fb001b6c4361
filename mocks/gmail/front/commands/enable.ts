import { command } from '../../command.ts'
import { done, ok } from '../../state.ts'

/** Extensions that may be switched on here. */
const known: readonly string[] = []

/** ENABLE (RFC 5161): names that we do not know are ignored. */
export const enable = command('ENABLE', ['authenticated'], {
  arguments(wire) {
    const names = [wire.sp().atom()]
    while (wire.takes(' ')) names.push(wire.atom())
    return names
  },
  run(state, names, { enabled, untagged }) {
    const switched = names
      .map((name) => name.toUpperCase())
      .filter((name) => known.includes(name) && !enabled.has(name))
    for (const name of switched) enabled.add(name)
    untagged(['ENABLED', ...switched].join(' '))
    return done(state, ok())
  },
})
