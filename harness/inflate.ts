import { ZStream, Z_OK, Z_SYNC_FLUSH, zlibInflate, zlibInflateInit2, zlibInflateReset } from 'pako'
import { latin1 } from './latin1.ts'

/** Octets that are decompressed at a time: few at first, since most of what looks like a beginning is none. */
const input = { first: 64, most: 4096 }
/** Octets that are given out at a time. */
const output = new Uint8Array(16_384)
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
  const stream = fresh()
  const parts: string[] = []
  let length: number = input.first
  for (let status: number = Z_OK, at = from; status === Z_OK && stream.total_out < most;) {
    if (stream.avail_in === 0) {
      if (at >= octets.length) break
      stream.input = Uint8Array.from(octets.slice(at, at + length), (octet) => octet.charCodeAt(0))
      stream.next_in = 0
      stream.avail_in = stream.input.length
      at += length
      length = Math.min(length * 2, input.most)
    }
    stream.output = output
    stream.next_out = 0
    stream.avail_out = Math.min(output.length, most - stream.total_out)
    status = zlibInflate(stream, Z_SYNC_FLUSH)
    parts.push(latin1(stream.output.subarray(0, stream.next_out)))
  }
  return { text: parts.join(''), end: Math.min(from + stream.total_in, octets.length) }
}

let kept: ZStream | undefined

/** One state for all: making its tables and its window anew takes longer than finding out that a beginning is none. */
function fresh(): ZStream {
  if (kept === undefined) {
    kept = new ZStream()
    zlibInflateInit2(kept, raw)
  }
  zlibInflateReset(kept)
  kept.avail_in = 0
  return kept
}
