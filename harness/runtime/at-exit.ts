const undoings = new Set<() => void>()
let listening = false

/**
 * Runs `undo` when this process exits without having come to it: nothing that was started or made for a while outlives
 * even a second Ctrl-C. Only what is done at once counts, since an exit waits for nothing. Returns the withdrawal.
 */
export function atExit(undo: () => void): () => void {
  if (!listening) process.once('exit', () => undoings.forEach((each) => each()))
  listening = true
  undoings.add(undo)
  return () => void undoings.delete(undo)
}
