import {
  type Journal,
  type Observation,
  type Parameters,
  type Value,
  all,
  positionOf,
} from '../../harness/model/observation.ts'
import type { Position } from '../../harness/model/position.ts'
import { isSecretRef } from '../../harness/model/secret.ts'

/** One request at the token endpoint with the answer that it got. */
export interface TokenRequest {
  readonly at: Position
  readonly time: number
  readonly phase: string
  readonly grantType: string
  readonly form: Parameters
  readonly status: number | undefined
  readonly error: string | undefined
}

export const parameter = (parameters: Parameters, name: string): Value | undefined =>
  parameters.find(([key]) => key === name)?.[1]

/** The parameter as text; a secret by its reference, so that equal secrets are equal texts. */
export const text = (parameters: Parameters, name: string): string | undefined => {
  const value = parameter(parameters, name)
  return isSecretRef(value) ? value.ref : value
}

/** Every request at the token endpoint, in order. */
export function tokenRequests(journal: Journal): readonly TokenRequest[] {
  const answers = new Map(all(journal, 'http.response').map(({ fields }) => [fields.to, fields]))
  return all(journal, 'http.request')
    .filter(({ fields }) => fields.endpoint === 'token-endpoint')
    .map((request: Observation<'http.request'>) => {
      const at = positionOf(request)
      const form = request.fields.form ?? []
      return {
        at,
        time: request.at,
        phase: request.phase,
        grantType: text(form, 'grant_type') ?? '',
        form,
        status: answers.get(at)?.status,
        error: answers.get(at)?.error,
      }
    })
}

export const refreshes = (journal: Journal): readonly TokenRequest[] =>
  tokenRequests(journal).filter(({ grantType }) => grantType === 'refresh_token')
