/** Octets that arrive in pieces of any size, gathered in one array: linear time, and little more room than they need. */
export class OctetBuffer {
  #octets: Uint8Array = empty
  #length = 0

  get length(): number {
    return this.#length
  }

  /** What was gathered so far, valid until more is. */
  get octets(): Uint8Array {
    return this.#octets.subarray(0, this.#length)
  }

  /** @param most how many octets there can be in the end; no more room than that is ever taken */
  append(piece: Uint8Array, most = Infinity): void {
    const length = this.#length + piece.length
    if (length > this.#octets.length) {
      const larger = new Uint8Array(
        Math.min(Math.max(2 * this.#octets.length, length, smallest), Math.max(most, length)),
      )
      larger.set(this.#octets.subarray(0, this.#length))
      this.#octets = larger
    }
    this.#octets.set(piece, this.#length)
    this.#length = length
  }

  /** What was gathered; the buffer is empty afterwards. */
  take(): Uint8Array {
    const octets = this.#octets.subarray(0, this.#length)
    this.clear()
    return octets
  }

  clear(): void {
    this.#octets = empty
    this.#length = 0
  }
}

const empty = new Uint8Array(0)
const smallest = 64
