import { afterLogin, command } from '../../command.ts'
import { done } from '../../state.ts'
import { ending } from '../words.ts'

/** COMPRESS (RFC 4978 §3): what comes behind the tagged answer is compressed, in both directions. */
export const compress = command('COMPRESS', [...afterLogin, 'relayed'], {
  arguments: (wire) => (wire.sp().atom().toUpperCase() === 'DEFLATE' ? undefined : wire.fail('DEFLATE')),
  run(state, _, exchange) {
    if (exchange.compressed) return done(state, ending('compress-again'))
    exchange.compress()
    return done(state, ending('success'))
  },
})
