import { Fault, type FaultCode } from '../../model/fault.ts'
import { availableInstruments } from '../../runtime/instruments.ts'

/**
 * Refuses what other users of this machine can read; where modes mean nothing, nothing is refused.
 *
 * @param mode permission bits in octal digits
 * @param wanted such as `600`
 * @throws Fault with the line that mends it
 */
export function requirePrivate(path: string, mode: string, wanted: '600' | '700', code: FaultCode): void {
  if (!availableInstruments().includes('file-modes') || (Number.parseInt(mode, 8) & 0o077) === 0) return
  const told = `${path} is open to other users of this machine (mode ${mode}).`
  throw new Fault(code, told, `Run: chmod ${wanted} ${shellWord(path)}`)
}

const shellWord = (text: string): string =>
  /^[\w./:@%+=,-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`
