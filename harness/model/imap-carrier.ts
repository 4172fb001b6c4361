/** Where a session's octets go. */
export interface ImapOutlet {
  /** @param sent called once these octets have left, so that what follows can travel apart from them */
  write(octets: Uint8Array, sent?: () => void): void
  /** Nothing more will be written. */
  end(): void
  /** Tears the connection down; where a carrier cannot, it ends. */
  reset?(): void
  /** Octets that were written and have not left. */
  unsent?(): number
  /** The session takes octets again that it had asked not to be brought. */
  resume?(): void
  /** The client may begin its TLS handshake now: what is received and written from here on is protected. */
  startTls?(): void
}

/** Where a client's octets come in. */
export interface ImapInlet {
  /** These must not change any more. False asks the carrier to bring no more until it has called `drained`. */
  receive(octets: Uint8Array): boolean
  /** The client has read what was on its way to it. */
  drained(): void
  /** The client ended the connection, or it broke. */
  closed(): void
}

/** Begins a session over a carrier. */
export type ServeImap = (outlet: ImapOutlet) => ImapInlet
