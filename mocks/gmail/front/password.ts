import { no } from '../state.ts'

/** What Gmail says to the password of an account with two-step verification. */
export const passwordRefused = no(
  '[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
)
