import { ZStream, Z_OK, Z_SYNC_FLUSH, zlibInflate, zlibInflateInit2 } from 'pako'
import { latin1 } from './latin1.ts'

/** Octets that are decompressed at a time, and given out at a time. */
const input = 4096
const output = 16_384
/** RFC 1951 without a wrapper, the largest window. */
const raw = -15

export interface Inflated {
  readonly text: string
  /** Where the compressed octets end, or stop making sense. */
  readonly end: number
}

/**
 * Decompresses as much as can be (RFC 1951): unlike a DecompressionStream it also gives what stood before a cut or a
 * flaw, and the same on every runtime. One character an octet on both sides.
 *
 * @param from where the first block begins
 * @param most octets after which enough was seen
 */
export function inflate(octets: string, from: number, most: number): Inflated {
  const stream = new ZStream()
  zlibInflateInit2(stream, raw)
  const parts: string[] = []
  for (let status: number = Z_OK, at = from; status === Z_OK && stream.total_out < most;) {
    if (stream.avail_in === 0) {
      if (at >= octets.length) break
      stream.input = Uint8Array.from(octets.slice(at, at + input), (octet) => octet.charCodeAt(0))
      stream.next_in = 0
      stream.avail_in = stream.input.length
      at += input
    }
    stream.output = new Uint8Array(output)
    stream.next_out = 0
    stream.avail_out = Math.min(output, most - stream.total_out)
    status = zlibInflate(stream, Z_SYNC_FLUSH)
    parts.push(latin1(stream.output.subarray(0, stream.next_out)))
  }
  return { text: parts.join(''), end: Math.min(from + stream.total_in, octets.length) }
}
