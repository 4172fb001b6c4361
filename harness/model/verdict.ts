/** In this order the worse one counts: a fault of ours first, then the subject's, then what could not be decided. */
export const verdictWords = ['error', 'fail', 'inconclusive', 'warn', 'pass', 'inapplicable'] as const
export type VerdictWord = (typeof verdictWords)[number]

export const worst = (words: readonly VerdictWord[]): VerdictWord =>
  verdictWords.find((word) => words.includes(word)) ?? 'inapplicable'

/** How a verdict is told to people. */
export const onScreen: Readonly<Record<VerdictWord, string>> = {
  pass: 'passed',
  warn: 'warning',
  fail: 'failed',
  inconclusive: 'could not tell',
  inapplicable: 'does not apply',
  error: 'our fault',
}
