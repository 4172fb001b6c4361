import fixture from '../../fixtures/google/token-errors.json' with { type: 'json' }
import type { Endpoint } from '../../harness/model/observation.ts'
import type { MockWorld } from '../mock-world.ts'
import { json } from './answers.ts'

export type RefusalName = keyof typeof fixture

/** What a refusal is on the wire: Google's own words, from the fixture that names their source. */
export const wordsOf = (refusal: RefusalName, name = '') => {
  const { status, error, error_description } = fixture[refusal]
  return { status, error, error_description: error_description.replace('{name}', name) }
}

/**
 * Answers with a refusal and records it; `reason` tells the judges more than the client learns.
 *
 * @param name what stands for `{name}` in the description
 */
export function refuse(
  { journal, secrets }: MockWorld,
  endpoint: Endpoint,
  refusal: RefusalName,
  { name = '', reason = refusal }: { readonly name?: string; readonly reason?: string } = {},
): Response {
  const { status, error, error_description } = wordsOf(refusal, name)
  const description = secrets.mask(error_description)
  journal.record(endpoint, 'as.error.sent', { endpoint, status, error, description, reason })
  return json(endpoint === 'token-endpoint' ? 'token' : 'api', status, { error, error_description })
}
