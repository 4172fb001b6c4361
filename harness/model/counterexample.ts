/** Something wrong in exactly one way, named for the flaw. */
export interface Counterexample {
  readonly name: string
  readonly kind: 'subject' | 'configuration' | 'mock' | 'observation'
  /** What is wrong, in one sentence for people. */
  readonly flaw: string
  /** The one check that it is there to fail. */
  readonly breaks: string
  /** Further checks that it cannot but fail, each with the reason. */
  readonly entails: Readonly<Record<string, string>>
  /** A public report of the same flaw in the wild. */
  readonly seenIn?: string
}
