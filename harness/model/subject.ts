import type { Act, ActOutcome } from './act.ts'
import type { Capability } from './capability.ts'
import type { ClientCredentials } from './world.ts'

/** The application under test, wherever it runs. */
export interface Subject extends AsyncDisposable {
  readonly name: string
  readonly version: string
  readonly capabilities: ReadonlySet<Capability>
  /** Performs one act; an act that the subject cannot do ends `failed`. A throw is a fault of the adapter. */
  perform(act: Act, signal: AbortSignal): Promise<ActOutcome>
}

/** One request that reached the redirection endpoint (RFC 6749 §3.1.2); it waits until it is answered. */
export interface CallbackRequest {
  readonly method: string
  readonly url: URL
  answer(status: number, html: string): Promise<void>
}

/** A loopback listener for the authorization response (RFC 8252 §7.3). */
export interface RedirectionEndpoint {
  /** `http://127.0.0.1:PORT/` with the port that the system chose. */
  readonly redirectUri: string
  /** In the order of arrival, the favicon that browsers ask for included; ends when the endpoint is closed. */
  readonly requests: AsyncIterable<CallbackRequest>
  /** Ends the listener and every connection, answered or not. */
  close(): Promise<void>
}

/** Where a name really is: what the client believes (`host`, `port`) and where its bytes go (`connect`). */
export interface ImapEndpoint {
  readonly host: string
  readonly port: number
  readonly connect: { readonly host: string; readonly port: number }
  /** PEM of the authority to trust. */
  readonly ca: string
}

/** Everything outside itself that a JavaScript subject may touch. */
export interface SubjectPorts {
  readonly issuer: string
  readonly client: ClientCredentials
  readonly imap: ImapEndpoint
  fetch(url: string, init?: RequestInit): Promise<Response>
  /** Milliseconds since the Unix epoch. */
  now(): number
  random(length: number): Uint8Array<ArrayBuffer>
  redirectionEndpoint(): Promise<RedirectionEndpoint>
  openBrowser(url: string): Promise<void>
  /** The directory that the subject may write to. */
  readonly home: string
  /** 32 bytes. */
  readonly vaultKey: Uint8Array<ArrayBuffer>
  log(line: string): void
}

/** What the module of a JavaScript subject exports as its default. */
export type SubjectFactory = (ports: SubjectPorts) => Subject | Promise<Subject>
