import { anyState, command } from '../../command.ts'
import { type Status, done } from '../../state.ts'

/** XYZZY: Gmail advertises it before login and documents it nowhere, so that a switch says how it ends. */
export const xyzzy = command('XYZZY', anyState, {
  run(state, _, { gmail }) {
    const [, condition, text] = /^(OK|NO|BAD) (.*)$/.exec(gmail.mail.xyzzy) ?? ['', 'OK', gmail.mail.xyzzy]
    return done(state, { condition: condition as Status['condition'], text: text! })
  },
})
