import { http } from 'msw/http'
import { json } from './answers.ts'
import { addresses } from './endpoints.ts'
import type { GoogleWorld } from './google-world.ts'
import { publicKeys } from './id-token.ts'

/** The signing keys (RFC 7517 §5), with the cache directives of a captured answer. */
export const jwks = ({ faults, journal }: GoogleWorld) =>
  addresses.jwks.map((address) =>
    http.get(address, () =>
      faults.answer('jwks', () => {
        journal.record('jwks', 'as.jwks.served', { kids: publicKeys.map(({ kid }) => kid) })
        return json('jwks', 200, { keys: publicKeys })
      }),
    ),
  )
