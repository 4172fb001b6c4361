import type { ObservationType, Observed } from '../../../harness/model/observation.ts'
import type { ImapPoint } from '../../../harness/model/imap-fault.ts'
import type { WorldFeature } from '../../../harness/model/world-feature.ts'
import type { Exchange } from '../command.ts'
import type { NewMessage } from '../core/message.ts'
import type { Disturbed } from '../faults/strike.ts'
import type { Outcome, State } from '../state.ts'
import type { CommandLine } from '../wire/command-stream.ts'
import type { Piece } from '../wire/encoder.ts'
import type { Read } from './command-reader.ts'

/**
 * What serves a client behind the front once it has logged in: the mail store of our own, or a mailbox server that speaks
 * IMAP and knows nothing of Gmail.
 */
export interface Core {
  /** Whether clients may be told of this capability of Gmail's. */
  offers(capability: string): boolean
  /** What it cannot do that Gmail can, and why. */
  readonly lacks: ReadonlyMap<WorldFeature, string>
  /** Opens an account for a client. Calls back, perhaps at once; undefined says that its mail cannot be reached now. */
  open(address: string, client: RelayClient, opened: (state: State | undefined) => void): void
  deliver(address: string, message: NewMessage): void
  renumber(address: string, folder: string): void
  messageBytes(address: string, folder: string, uid: number): Promise<Uint8Array | undefined>
  /** Whether work is under way that clients would see the end of. */
  busy(): boolean
  /** Whether a server that lives in real time owes an answer: simulated time must not go on meanwhile. */
  owes(): boolean
  close(): void
}

/** Characters of a line that tell what it is. */
export const headLength = 64

/** A response line of a mailbox server, or a part of one that is too large to be kept. */
export interface Passed {
  /** As they stand on the wire, the CRLF included. */
  readonly octets: Uint8Array
  /** How it begins: `headLength` characters at the most, and none of a literal; empty for a later part of a line. */
  readonly head: string
  /** It holds no literal. */
  readonly plain: boolean
  /** The same as evidence tells it, one character per octet. */
  readonly pieces: readonly Piece[]
  /** Whether the line ends here. */
  readonly ended: boolean
}

/** A client, as the mailbox server that serves it sees it. */
export interface RelayClient {
  pass(line: Passed): void
  /** Does work whose lines leave together. */
  together(work: () => void): void
  record<T extends ObservationType>(type: T, fields: Observed[T]): void
  /** Whether a fault waits at this point, for which things have to be kept whole. */
  waitsAt(point: ImapPoint | 'literal'): boolean
  /** Whether the client reads what it is told. */
  roomy(): boolean
  /** The server takes octets again. */
  resume(): void
  /** The server does not let the client in. */
  unreachable(problem: string): void
  /** The server left, or said what IMAP does not allow. */
  failed(problem: string): void
}

/** A literal on its way to a mailbox server. */
export interface Diverted {
  /** @param proceed the client may be asked for the octets now */
  begin(proceed: () => void): void
  write(octets: Uint8Array): void
}

/** A client's place at a mailbox server. */
export interface Relay {
  readonly stands: 'authenticated' | 'selected'
  /** Has a command served; undefined for one that is the front's own affair. */
  serve(read: Read, line: CommandLine, exchange: Exchange): Outcome | undefined
  /**
   * Takes a literal piece by piece that is too large to be kept; undefined where it has to be kept after all.
   *
   * @param head the command so far, its announcement included
   */
  divert(head: string): Diverted | undefined
  /** The command whose literal was diverted is none. */
  abandon(): void
  /** What happens to the selected mailbox from outside; undefined when none is selected. */
  readonly disturbed: Disturbed | undefined
  /** Whether the server takes what it is sent. */
  roomy(): boolean
  /** The client has read. */
  drained(): void
  closed(): void
}
