import { Deflate, Inflate, Z_SYNC_FLUSH } from 'pako'
import { join } from './command-stream.ts'

/** What came is not in the format of RFC 1951. */
export class DeflateError extends Error {}

/** Octets that are inflated at a time: one of them can stand for a thousand. */
const mostAtOnce = 512

/** Compresses a stream (RFC 1951) at once, without a thread or a turn of an event loop; the door to pako. */
export class Deflater {
  readonly #stream = new Deflate({ raw: true, level: 1 })
  #pieces: Uint8Array[] = []

  constructor() {
    this.#stream.onData = (piece) => void this.#pieces.push(new Uint8Array(piece))
  }

  /** These octets, compressed so that the other side can tell all of them. */
  push(octets: Uint8Array): Uint8Array {
    this.#pieces = []
    this.#stream.push(octets, Z_SYNC_FLUSH)
    return join(this.#pieces)
  }
}

/** Decompresses a stream as its octets come, so that what a session does never depends on when a library calls back. */
export class Inflater {
  readonly #stream = new Inflate({ raw: true })
  #pieces: Uint8Array[] = []

  constructor() {
    this.#stream.onData = (piece) => void this.#pieces.push(new Uint8Array(piece))
  }

  /** Gives what these octets tell, in pieces of a bounded size; throws a {@link DeflateError}. */
  *push(octets: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < octets.length && !this.#stream.ended; at += mostAtOnce) {
      this.#pieces = []
      this.#stream.push(octets.subarray(at, at + mostAtOnce), Z_SYNC_FLUSH)
      if (this.#stream.err < 0) throw new DeflateError(this.#stream.msg)
      yield* this.#pieces.filter(({ length }) => length > 0)
    }
  }
}
