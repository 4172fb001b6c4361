import { type Extension, command } from '../../command.ts'
import { done, ok } from '../../state.ts'

/** Extensions that may be switched on here. */
const known: readonly Extension[] = ['CONDSTORE', 'UTF8=ACCEPT']

/** ENABLE (RFC 5161): names that we do not know are ignored. */
export const enable = command('ENABLE', ['authenticated'], {
  arguments(wire) {
    const names = [wire.sp().atom()]
    while (wire.takes(' ')) names.push(wire.atom())
    return names
  },
  run(state, names, { enabled, untagged }) {
    const asked = new Set(names.map((name) => name.toUpperCase()))
    const switched = known.filter((name) => asked.has(name) && !enabled.has(name))
    for (const name of switched) enabled.add(name)
    untagged(['ENABLED', ...switched].join(' '))
    return done(state, ok())
  },
})
