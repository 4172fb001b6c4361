/** A container image with an IMAP server in it, told so that it can stand behind Gmail's front. */
export interface MailboxImage {
  /** Name and tag. */
  readonly image: string
  /** Where it speaks IMAP in the clear, inside the container. */
  readonly imapPort: number
  /** Variables of the container; `{password}` stands for one that is made at random for each run. */
  readonly environment?: Readonly<Record<string, string>>
  /** Content by absolute path, put into the container before it starts; `{password}` as above. */
  readonly files?: Readonly<Record<string, string>>
  readonly users: MailboxUsers
  /** Looked for before the greeting on the IMAP port, which is always waited for. */
  readonly ready?: { readonly log: string } | HttpPlace
}

/**
 * How accounts come about: `any` name logs in with the password; or only these names do; or each is made by a request,
 * and then has a password of its own.
 */
export type MailboxUsers = 'any' | readonly string[] | UserRequest

/** Inside the container, in the clear. */
export interface HttpPlace {
  readonly port: number
  readonly path: string
}

/** `POST` with a JSON object; `{user}` and `{password}` stand for those of the new account. */
export interface UserRequest extends HttpPlace {
  readonly body: Readonly<Record<string, string>>
}
