import type { Cause } from './model.ts'

/** How to see the error oneself, in words. */
export function reproductionOf({ preset }: Cause): string {
  if (preset === null) return 'no preset of `serve` reproduces it'
  if (preset === 'any') return 'the request is at fault: every world of `oauth-imap serve` refuses it so'
  return `oauth-imap serve --world ${preset}`
}
