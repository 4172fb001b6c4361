import type { Fault } from '../../harness/model/fault.ts'

/** The login of an account at a mailbox server; the user of the world never sees it. */
export interface BackendLogin {
  readonly user: string
  /** Made at random: whoever opens a world registers it as a secret. */
  readonly password: string
}

/** Where a mailbox server comes from, as a report tells it. */
export interface MailboxServerDescription {
  /** Such as `greenmail` or `dovecot`. */
  readonly name: string
  readonly version?: string
  /** Name and tag of the container image. */
  readonly image?: string
  /** `sha256:…` of the image, as the engine knows it. */
  readonly digest?: string
  readonly origin: 'installed' | 'registry' | 'local image'
}

/**
 * A plain IMAP server that knows nothing of OAuth. It stands behind Gmail's front, which logs in to it with LOGIN; one
 * serves all worlds of a run, each with accounts of its own.
 */
export interface MailboxServer extends AsyncDisposable {
  /** A loopback address; that of the container engine, where it runs on another machine. */
  readonly host: string
  /** IMAP in the clear. */
  readonly port: number
  readonly description: MailboxServerDescription
  /** `MAILBOX_SERVER_UNAVAILABLE` with the cause, once it ends by itself. When it is disposed, nothing comes. */
  readonly gone: Promise<Fault>
  /**
   * Makes an account that nobody else has, with no mail in it.
   *
   * @throws Fault `MAILBOX_SERVER_UNAVAILABLE` when the server has gone, or has no more users
   */
  openAccount(): Promise<BackendLogin>
}
