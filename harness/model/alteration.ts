import type { ServeImap } from './imap-carrier.ts'

/** How a request for one of the mocked hosts is answered. */
export type Answerer = (request: Request) => Promise<Response>

/** Stands before the mocks and changes what they hear or say: how a mock is broken on purpose. */
export type Alteration = (answer: Answerer) => Answerer

/** The same for the IMAP server. */
export type ImapAlteration = (serve: ServeImap) => ServeImap

/** What one module of broken mocks exports: the first under `default`, the other under its name. */
export interface Alterations {
  readonly google?: Alteration | undefined
  readonly imap?: ImapAlteration | undefined
}
