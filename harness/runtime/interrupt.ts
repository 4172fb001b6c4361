const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Calls back on Ctrl-C (SIGINT), on a polite request to end (SIGTERM) and when the terminal is closed (SIGHUP), instead
 * of ending at once; returns the undoing.
 */
export function onInterrupt(callback: (signal: (typeof signals)[number]) => void): () => void {
  const listeners = signals.map((signal) => [signal, (): void => callback(signal)] as const)
  for (const [signal, listener] of listeners) process.on(signal, listener)
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener)
  }
}
