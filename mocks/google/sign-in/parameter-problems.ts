import { valueOf } from '../form.ts'
import { inRefusal, scopesOf, unknownScopes } from '../scopes.ts'
import type { Switches } from '../switches.ts'
import { type Problem, problem } from './problem.ts'

/** `code` is the only one that this mock plays; Google serves others to web pages, which no mail program is. */
const otherResponseTypes = /^(none|(code|token|id_token)( (code|token|id_token))*)$/

export function responseTypeProblem(parameters: URLSearchParams, switches: Switches): Problem | undefined {
  const type = valueOf(parameters, 'response_type')!
  if (type === 'code') return undefined
  return problem(otherResponseTypes.test(type) ? 'response-type-unsupported' : switches.unknownResponseType, type)
}

export function scopeProblem(parameters: URLSearchParams): Problem | undefined {
  const scopes = scopesOf(parameters.get('scope') ?? '')
  if (scopes.length === 0) return problem('parameter-missing', 'scope')
  return unknownScopes(scopes).length === 0 ? undefined : problem('scope-invalid', inRefusal(scopes))
}

/** RFC 7636 §4.2: 43 to 128 unreserved characters. */
const challengeForm = /^[\w.~-]{43,128}$/

export function challengeProblem(parameters: URLSearchParams): Problem | undefined {
  const method = valueOf(parameters, 'code_challenge_method')
  if (method !== null && method !== 'S256' && method !== 'plain') return problem('challenge-method-invalid', method)
  const challenge = valueOf(parameters, 'code_challenge')
  return challenge === null || challengeForm.test(challenge) ? undefined : problem('challenge-malformed')
}

export function accessTypeProblem(parameters: URLSearchParams): Problem | undefined {
  const type = valueOf(parameters, 'access_type')
  return type === null || type === 'online' || type === 'offline' ? undefined : problem('access-type-invalid', type)
}

const prompts: ReadonlySet<string> = new Set(['none', 'consent', 'select_account'])

export const promptsOf = (parameters: URLSearchParams): readonly string[] =>
  (parameters.get('prompt') ?? '').split(' ').filter((prompt) => prompt !== '')

/** `none` must stand alone (Google, web-server guide). */
export function promptProblem(parameters: URLSearchParams): Problem | undefined {
  const asked = promptsOf(parameters)
  const wrong = asked.find((prompt) => !prompts.has(prompt))
  if (wrong !== undefined) return problem('prompt-invalid', wrong)
  return asked.length > 1 && asked.includes('none') ? problem('prompt-invalid', asked.join(' ')) : undefined
}

/** Google refuses some stray parameters by name; which others is not known, so the rest pass. */
const neverAllowed = ['username', 'action']
/** What belongs to codes and ID tokens, beside response types that bring none (captured). */
const codeAlone = ['code_challenge', 'code_challenge_method']

export function notAllowed(parameters: URLSearchParams): Problem | undefined {
  const types = new Set((parameters.get('response_type') ?? '').split(' '))
  const implicit = types.has('token') || types.has('id_token')
  const refused = [
    ...neverAllowed,
    ...(implicit && !types.has('code') ? codeAlone : []),
    ...(types.has('token') && types.size === 1 ? ['nonce'] : []),
  ]
  const name = refused.find((stray) => parameters.has(stray))
  return name === undefined ? undefined : problem('parameter-not-allowed', name)
}
