import type { Carrier } from './dial.ts'
import { secure } from './secure-line.ts'

/** What a server shows of itself, believed by nobody. */
export interface PresentedCertificate {
  /** Common name and organisation of who signed it. */
  readonly issuer: string
  readonly subject: string
  /** Hosts that it is good for. */
  readonly names: readonly string[]
  /** Milliseconds since the Unix epoch; NaN where it does not say. */
  readonly from: number
  readonly until: number
}

/**
 * Looks at the certificate of a server without believing it; nothing is sent after the handshake.
 *
 * @throws as `secure` does; undefined where the library tells nothing
 */
export async function presentedCertificate(
  socket: Carrier,
  options: { readonly host: string; readonly authorities: readonly string[]; readonly patience: number },
): Promise<PresentedCertificate | undefined> {
  const line = await secure(socket, { ...options, verify: false })
  const shown = line.getPeerCertificate()
  line.destroy()
  if (shown?.issuer === undefined) return undefined
  return {
    issuer: nameOf(shown.issuer),
    subject: nameOf(shown.subject),
    names: (shown.subjectaltname ?? '')
      .split(', ')
      .flatMap((name) => name.match(/^(?:DNS|IP Address):(.+)$/)?.[1] ?? []),
    from: Date.parse(shown.valid_from),
    until: Date.parse(shown.valid_to),
  }
}

type Name = Readonly<Record<string, string | readonly string[] | undefined>>

const nameOf = (name: object): string => {
  const { CN, O } = name as Name
  return [CN, O]
    .flat()
    .filter((part) => part !== undefined)
    .join(', ')
}
