import { anyState, command } from '../../command.ts'
import { done, ok } from '../../state.ts'
import { list, quoted } from '../../wire/encoder.ts'

/** ID (RFC 2971); the answer has the fields of Gmail's. */
export const id = command('ID', anyState, {
  arguments(wire) {
    wire.sp()
    if (wire.takes('NIL')) return []
    return wire.list(() => [wire.string(), wire.sp().nstring()] as const)
  },
  run(state, _, exchange) {
    const fields = [
      ['name', 'GImap'],
      ['vendor', 'Google, Inc.'],
      ['support-url', 'https://support.google.com/mail'],
      ['version', 'gmail.imap-server_20261001.00_p0'],
      ['remote-host', '127.0.0.1'],
      ...(state.name === 'not-authenticated' ? [['connection-token', exchange.opaqueId()]] : []),
    ]
    exchange.untagged('ID ', ...list(fields.flat().map(quoted)))
    return done(state, ok())
  },
})
