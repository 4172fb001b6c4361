import type { Observed } from '../../harness/model/observation.ts'
import type { Position } from '../../harness/model/position.ts'
import type { OldVersion, TlsServer } from '../../harness/model/tls-security.ts'
import type { MockWorld } from '../mock-world.ts'
import type { ClientHello } from './client-hello.ts'
import { Masking } from './masking.ts'

export type Recording = Pick<MockWorld, 'journal' | 'secrets'>

/** One handshake as the journal tells it: what the client asks for, then how it ends, once. */
export class Handshake {
  readonly #journal: MockWorld['journal']
  readonly #masking: Masking
  readonly #server: TlsServer
  readonly #settle: () => void
  #hello: Position | null = null
  #sni = ''
  #settled = false

  /** @param settle called when it is done, or has failed */
  constructor({ journal, secrets }: Recording, server: TlsServer, settle = () => {}) {
    this.#journal = journal
    this.#masking = new Masking(secrets)
    this.#server = server
    this.#settle = settle
  }

  get settled(): boolean {
    return this.#settled
  }

  begins({ sni, versions, cipherSuites, protocols }: ClientHello): void {
    this.#sni = this.#masking.text(sni)
    const names = protocols.map((protocol) => this.#masking.text(protocol))
    this.#hello = this.#record('tls.hello', { sni: this.#sni, versions, cipherSuites, protocols: names })
  }

  choosesOld(chosen: OldVersion): void {
    if (this.#hello !== null) this.#record('tls.old', { hello: this.#hello, sni: this.#sni, chosen })
  }

  done(version: string): void {
    const hello = this.#hello
    if (hello !== null) this.#end(() => this.#record('tls.done', { hello, sni: this.#sni, version }))
  }

  /** @param alert the client's reason; null where it gave none */
  fail(alert: number | null): void {
    this.#end(() => this.#record('tls.failed', { hello: this.#hello, sni: this.#sni, alert }))
  }

  #end(tell: () => void): void {
    if (this.#settled) return
    this.#settled = true
    tell()
    this.#settle()
  }

  #record<T extends 'tls.hello' | 'tls.old' | 'tls.done' | 'tls.failed'>(
    type: T,
    fields: Omit<Observed[T], 'server'>,
  ): Position {
    return this.#journal.record('tls', type, { server: this.#server, ...fields } as Observed[T])
  }
}
