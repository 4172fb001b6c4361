import type { ServeImap } from './imap-carrier.ts'

/** How a request for one of the mocked hosts is answered. */
export type Answerer = (request: Request) => Promise<Response>

/** Stands before the mocks and changes what they hear or say: how a mock is broken on purpose. */
export type Alteration = (answer: Answerer) => Answerer

/** The same for the IMAP server. */
export type ImapAlteration = (serve: ServeImap) => ServeImap

/** Listens before the port of the IMAP server, and leads there whomever it does not answer itself. */
export type DoorAlteration = (
  port: number,
  certificate: { readonly key: string; readonly cert: string },
) => Promise<{ readonly port: number } & AsyncDisposable>

/** What one module of broken mocks exports: the first under `default`, the others under their names. */
export interface Alterations {
  readonly google?: Alteration | undefined
  readonly imap?: ImapAlteration | undefined
  /** Only where a live run goes: TLS begins at the port. */
  readonly door?: DoorAlteration | undefined
}
