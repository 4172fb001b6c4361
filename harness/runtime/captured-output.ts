/** What a subject printed, for the search for secrets. Bounded, because a subject may print without end. */
export interface CapturedOutput {
  add(chunk: Uint8Array): void
  /** What was kept: the first bytes up to the limit. */
  bytes(): Uint8Array<ArrayBuffer>
  /** Bytes beyond the limit, counted and forgotten. */
  readonly dropped: number
}

const limit = 4 * 1024 * 1024

export function captureOutput(most = limit): CapturedOutput {
  const chunks: Uint8Array[] = []
  let kept = 0
  let dropped = 0
  return {
    add(chunk) {
      const part = chunk.subarray(0, Math.max(0, most - kept))
      if (part.length > 0) chunks.push(new Uint8Array(part))
      kept += part.length
      dropped += chunk.length - part.length
    },
    bytes() {
      const whole = new Uint8Array(kept)
      let at = 0
      for (const chunk of chunks) {
        whole.set(chunk, at)
        at += chunk.length
      }
      return whole
    },
    get dropped() {
      return dropped
    },
  }
}
