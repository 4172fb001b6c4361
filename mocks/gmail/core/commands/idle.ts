import { afterLogin, command } from '../../command.ts'
import { type Outcome, done } from '../../state.ts'
import { ending } from '../words.ts'

/** IDLE (RFC 2177): tells changes as they happen until the client says DONE. */
export const idle = command('IDLE', afterLogin, {
  run(state, _, exchange): Outcome {
    const { tag, record, announce } = exchange
    const tell = (): void => {
      if (state.name === 'selected') announce(state.mailbox, true)
    }
    record('imap.idle', { tag, event: 'started' })
    const stop = state.store.onChange(tell)
    tell()
    const ended = (): void => {
      stop()
      record('imap.idle', { tag, event: 'ended' })
    }
    return {
      kind: 'awaits',
      continuation: 'idling',
      point: 'idle',
      receive(line) {
        ended()
        return done(state, ending(line.toUpperCase() === 'DONE' ? 'idle-terminated' : 'idle-interrupted'))
      },
      closed: ended,
    }
  },
})
