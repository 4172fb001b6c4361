import { unknownScopes } from '../../mocks/google/scopes.ts'
import type { Profile } from './profile.ts'

/** What is asked for, and what the mock cannot tell Google’s answer to. */
export interface RequestedScopes {
  readonly asked: readonly string[]
  readonly leftOut: readonly string[]
}

/** Of other products than Gmail: their scopes are Google’s affair, and the mock’s list of them is short. */
const otherProducts =
  /^https:\/\/(?:www\.googleapis\.com\/auth\/(?!gmail\.(?!addons\.)|mail)[\w.-]+|www\.google\.com\/.+)$/

export function requestedScopes(profile: Profile): RequestedScopes {
  const all = profile.said('scopes')?.values ?? []
  const leftOut = unknownScopes(all).filter((scope) => otherProducts.test(scope))
  return { asked: all.filter((scope) => !leftOut.includes(scope)), leftOut }
}
