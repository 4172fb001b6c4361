import { Masking } from '../doors/masking.ts'
import { type RefusalName, refuse } from './refusals.ts'
import { mediaTypeOf } from './form.ts'
import type { GoogleWorld } from './google-world.ts'
import type { Asked } from './route.ts'

/** Each word of the fixture that the token endpoint answers with goes through here. */
export const refuseToken = (google: GoogleWorld, refusal: RefusalName, details?: Parameters<typeof refuse>[3]) =>
  refuse(google, 'token-endpoint', refusal, details)

/**
 * The parameters of a token request: a form (RFC 6749 §3.2), or as Google takes it the members of a JSON object. Other
 * bodies have none. Undefined where JSON is announced and nobody can read it.
 */
export function parametersOf({ request, form, text }: Asked, google: GoogleWorld): URLSearchParams | undefined {
  if (google.switches.tokenRequestBody === 'form' || mediaTypeOf(request) !== 'application/json') return form
  const document = parsed(text)
  if (typeof document !== 'object' || document === null) return undefined
  const members = Object.entries(document).filter((member): member is [string, string] => typeof member[1] === 'string')
  const parameters = new URLSearchParams(members)
  // The door registers the secrets of forms alone.
  new Masking(google.secrets).parameters(parameters)
  return parameters
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
