import type { Alteration, Alterations } from './alteration.ts'

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

/** What a module of the kind `observation` exports: how the far side of a live run, or what is beside it, goes wrong. */
export interface BrokenFarSide extends Pick<Alterations, 'imap' | 'door'> {
  /** Of Google. */
  readonly default?: Alteration
  /** How the person in the browser decides. */
  readonly person?: { readonly account?: string; readonly scopes?: readonly string[] }
  /** What the browser does with the authorization request instead of showing it. */
  browse?(request: URL): Promise<void>
  /** What befalls the vault’s folder after each time that a grant was stored. */
  stored?(directory: string): Promise<void>
}
