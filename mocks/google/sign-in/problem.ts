import fixture from '../../../fixtures/google/authorization-errors.json' with { type: 'json' }
import type { AuthError } from './auth-error.ts'
import { fill } from './wording.ts'

export type ProblemName = keyof typeof fixture

/** Why an authorization request ends on an error page; `value` stands for `{value}` in the page's text. */
export interface Problem {
  readonly problem: ProblemName
  readonly value: string
}

export const problem = (name: ProblemName, value = ''): Problem => ({ problem: name, value })

interface Row {
  readonly number: number
  readonly code: string
  readonly message: string
  readonly help?: string
  readonly developer?: { readonly kind: number; readonly message: string; readonly help: string }
  /** Which parameters of the request the page repeats; none unless told. */
  readonly details?: string
}

const rows: Readonly<Record<ProblemName, Row>> = fixture
const usualHelp = 'https://developers.google.com/identity/protocols/oauth2'

/**
 * What the error page is told of a problem. Captured pages repeat the redirect URI where it is at fault, and the whole
 * request where an account was at hand.
 *
 * @param app the application's name, for `{app}`
 */
export function authErrorOf({ problem: name, value }: Problem, app: string, parameters: URLSearchParams): AuthError {
  const { number, code, message, help = usualHelp, developer, details } = rows[name]
  const said = (text: string): string => fill(text, { app, value })
  return {
    number,
    code,
    message: said(message),
    help,
    developer: developer === undefined ? null : { ...developer, message: said(developer.message) },
    details: [...parameters].filter(([parameter]) => details === 'all' || parameter === details),
  }
}
