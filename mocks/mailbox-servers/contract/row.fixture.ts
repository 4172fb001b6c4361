export type ServerName = 'embedded' | 'dovecot' | 'greenmail'

/** What every server behind Gmail's front must do. */
export interface Row {
  readonly title: string
  /** The clauses that say so; of Gmail, where it was seen to do so. */
  readonly because: string
  /** How the sessions of the story begin; logged in when nothing else is said. */
  readonly begins?: 'not logged in' | { readonly with: string }
  readonly story: string
}

/** What one server does otherwise, for one reason. Each of its places must be seen as long as it stands here. */
export interface Deviation {
  readonly server: ServerName
  /** The clause that it breaks or that allows it, or whose way it is. */
  readonly reason: string
  /**
   * By the title of a row: lines of its story, and behind each the answers that do not come, `- …`, and those that come in
   * their place, `+ …`.
   */
  readonly places: Readonly<Record<string, string>>
}

/** One line of one story that a server answers otherwise. */
export interface Place {
  readonly deviation: Deviation
  readonly row: string
  readonly line: string
  readonly lacks: readonly string[]
  readonly has: readonly string[]
}
