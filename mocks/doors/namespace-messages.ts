/** A place inside that leads out: what is dialled there reaches a Unix socket of the world outside. */
export interface Passage {
  /** A loopback address of the namespace. */
  readonly address: string
  readonly port: number
  /** Path of the Unix socket. */
  readonly socket: string
}

/** What the first process of a namespace is to make there, and the program that it is made for. */
export interface Begin {
  readonly message: 'begin'
  /** A directory of whoever opened the namespace; when nobody is left who could, the first process removes it. */
  readonly directory: string
  /** A directory of files that stand in for those of the same names in /etc. */
  readonly etc: string
  /** IPv4 addresses by host name, for programs that ask the name server and not the hosts file. */
  readonly addresses: Readonly<Record<string, string>>
  readonly passages: readonly Passage[]
  readonly command: string
  readonly args: readonly string[]
  /** The program's whole environment. */
  readonly env: Readonly<Record<string, string>>
}

/** To the first process. A callback is the user's browser at a loopback address of the namespace. */
export type ToInside = Begin | { readonly message: 'callback'; readonly id: number; readonly url: string }

/** How a program in a namespace ended. */
export interface ProgramEnd {
  readonly code: number | null
  /** Set when a signal ended it, ours included. */
  readonly signal: string | null
}

/** From the first process, which is the only one to hold the channel. */
export type FromInside =
  | { readonly message: 'begun' }
  | { readonly message: 'answered'; readonly id: number; readonly status: number }
  | { readonly message: 'unanswered'; readonly id: number; readonly reason: string }
  /** A DNS question for a host that is not there; each name once. */
  | { readonly message: 'refused'; readonly name: string }
  /** The program did not start. */
  | { readonly message: 'failed'; readonly reason: string }
  /** `unrouted`: attempts to send to an address that is not there. */
  | ({ readonly message: 'ended'; readonly unrouted: number } & ProgramEnd)
