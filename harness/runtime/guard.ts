import { Fault } from '../model/fault.ts'
import { remedy, unsupported } from './guard.mjs'

/** @throws Fault `RUNTIME_UNSUPPORTED` where unbuilt TypeScript cannot run (Node before 24). */
export function assertSupported(versions: Readonly<Record<string, string | undefined>> = process.versions): void {
  const reason = unsupported(versions)
  if (reason !== undefined) throw new Fault('RUNTIME_UNSUPPORTED', `oauth-imap ${reason}.`, remedy)
}
