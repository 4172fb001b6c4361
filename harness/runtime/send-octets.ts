import type { Duplex } from 'node:stream'
import { withPatience } from './patience.ts'
import { WireError } from './wire-error.ts'

/**
 * Resolves when the octets are handed on; each character stands for one (ISO 8859-1).
 *
 * @throws WireError `WIRE_SILENT`, `WIRE_ENDED`; the system’s error
 */
export function sendText(line: Duplex, text: string, patience: number): Promise<void> {
  return withPatience<void>(line, patience, 'nobody took what was sent', (resolve, reject) => {
    if (line.destroyed || line.writableEnded) return reject(new WireError('WIRE_ENDED', 'the connection has ended'))
    line.write(text, 'latin1', (error) => (error ? reject(error) : resolve()))
  })
}

/** Says that nothing more will come, and ends the connection. */
export async function endLine(line: Duplex): Promise<void> {
  if (line.destroyed) return
  await new Promise<void>((resolve) => {
    line.once('close', resolve)
    line.once('error', () => resolve())
    line.end(() => line.destroy())
  })
}
