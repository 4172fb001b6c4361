/** What a mailbox server in a container is opened with. */
export interface ContainerOptions {
  /** This process, and whether another one that left a container behind has certainly ended. */
  readonly owner: Owner
  /** Shows a person what is being waited for. */
  tell(line: string): void
  /** Ctrl-C while it starts. */
  readonly signal?: AbortSignal
  /** For an image that is not here yet; five minutes unless told otherwise. */
  readonly pullSeconds?: number
  /** From the container's start to its greeting; one minute unless told otherwise. */
  readonly startSeconds?: number
}

export interface Owner {
  /** Of this process, and of no other one that ever was. */
  readonly name: string
  isAbandoned(name: string): boolean
}
