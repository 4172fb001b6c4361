/** Time as it passes for every program of this machine. */
export const wallClock = {
  /** Milliseconds since the Unix epoch; whoever sets the machine's clock may set it back. */
  now: (): number => Date.now(),
  /** Calls back after real milliseconds and keeps no process alive; returns the cancellation. */
  after(milliseconds: number, callback: () => void): () => void {
    const timer = setTimeout(callback, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
