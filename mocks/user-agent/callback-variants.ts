import type { CallbackVariant } from '../../harness/model/observation.ts'
import type { Secrets } from '../../harness/secrets.ts'
import { codeShape } from '../google/grants/token-shapes.ts'

const stateShape = {
  prefix: '',
  length: 43,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
}

/**
 * What reaches the redirection endpoint instead of, or beside, the authorization response: an attacker's own response
 * (RFC 6749 §10.12), one without `state`, or a browser's request that is none at all (RFC 8252 §8.9).
 */
export function callbackUrl(response: URL, variant: CallbackVariant, secrets: Secrets): URL {
  const url = new URL(response)
  switch (variant) {
    case 'true':
      break
    case 'stray':
      return new URL('/favicon.ico', url.origin)
    case 'without-state':
      url.searchParams.delete('state')
      break
    case 'forged-state':
      url.searchParams.set('state', secrets.mint('state', stateShape))
      if (url.searchParams.has('code')) url.searchParams.set('code', secrets.mint('authorization-code', codeShape))
      break
  }
  return url
}
