import type { Socket } from 'node:net'

/** Carries octets, ends and breaks of each of two connections to the other. Both allow half-open. */
export function relay(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.pipe(to)
    from.on('error', () => to.destroy())
    from.once('close', () => to.destroySoon())
  }
}
