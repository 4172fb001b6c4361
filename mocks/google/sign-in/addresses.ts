const origin = 'https://accounts.google.com'

/** The pages between an authorization request and its answer, at their captured addresses. */
export const signInPages = {
  accounts: `${origin}/v3/signin/identifier`,
  warning: `${origin}/signin/oauth/warning`,
  identity: `${origin}/signin/oauth/id`,
  consent: `${origin}/signin/oauth/consent`,
  /** Shows the code of an out-of-band request. */
  approval: `${origin}/o/oauth2/approval/v2/approvalnativeapp`,
  /** Where a refused authorization request ends. */
  error: `${origin}/signin/oauth/error`,
  /** Where it ended in captures up to 2025. */
  olderError: `${origin}/signin/oauth/error/v2`,
} as const
