import type { LiveContext } from '../context.ts'

/** Which versions of TLS both servers agree to: records `live.tls`, looks for drift. */
export async function lookAtTls(_: LiveContext): Promise<string> {
  throw new Error('not written yet')
}
