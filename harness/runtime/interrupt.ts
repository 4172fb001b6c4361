/** Calls back on Ctrl-C (SIGINT) and on a polite request to end (SIGTERM), instead of ending at once; returns the undoing. */
export function onInterrupt(callback: (signal: 'SIGINT' | 'SIGTERM') => void): () => void {
  const interrupted = (): void => callback('SIGINT')
  const terminated = (): void => callback('SIGTERM')
  process.on('SIGINT', interrupted)
  process.on('SIGTERM', terminated)
  return () => {
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', terminated)
  }
}
