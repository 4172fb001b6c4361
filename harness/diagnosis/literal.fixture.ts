/** Every sentence and code that Google is known to answer with, the causes that it may have, and who says so. */
export interface Literal {
  /** As a log shows it. */
  readonly text: string
  /** Ids of causes, the first of which comes out on top unless `among` says that it need not. */
  readonly causes: readonly string[]
  readonly source: string
}

export const literal = (text: string, source: string, ...causes: readonly string[]): Literal => ({
  text,
  causes,
  source,
})
