import fixture from '../../fixtures/google/token-errors.json' with { type: 'json' }
import type { Endpoint } from '../../harness/model/observation.ts'
import type { MockWorld } from '../mock-world.ts'
import { json } from './answers.ts'

export type RefusalName = keyof typeof fixture

/** A row of the fixture: what Google sends, member by member. */
interface Row {
  readonly status: number
  readonly error?: string
  readonly error_code?: string
  readonly error_description?: string
  readonly error_subtype?: string
  readonly error_uri?: string
  /** Set where the body is the error envelope of Google's APIs; `error_description` is its message. */
  readonly google_status?: string
}

const rows: Readonly<Record<RefusalName, Row>> = fixture

interface Details {
  /** What stands for `{name}` in the description. */
  readonly name?: string
  /** Tells the judges more than the client learns. */
  readonly reason?: string
}

/** Answers with a refusal in Google's own words, from the fixture that names their source, and records it. */
export function refuse(
  { journal, secrets }: MockWorld,
  endpoint: Endpoint,
  refusal: RefusalName,
  { name = '', reason = refusal }: Details = {},
): Response {
  const row = rows[refusal]
  const description = row.error_description?.replace('{name}', () => name)
  const error = row.error ?? row.error_code ?? row.google_status ?? ''
  const shown = secrets.mask(description ?? '')
  journal.record(endpoint, 'as.error.sent', { endpoint, status: row.status, error, description: shown, reason })
  const set = endpoint === 'tokeninfo' || endpoint === 'userinfo' ? 'api' : 'token'
  return json(set, row.status, bodyOf(row, description))
}

/** RFC 6749 §5.2, or the envelope of Google's APIs. */
function bodyOf({ status, google_status, ...row }: Row, description: string | undefined): unknown {
  if (google_status !== undefined) return { error: { code: status, message: description, status: google_status } }
  const { error, error_code, error_subtype, error_uri } = row
  // JSON leaves out what is undefined.
  return { error, error_code, error_description: description, error_uri, error_subtype }
}
