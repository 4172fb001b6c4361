import type { Buffer } from 'node:buffer'
import { isIP } from 'node:net'
import type { Carrier } from './dial.ts'
import { withPatience } from './patience.ts'
import { WireError } from './wire-error.ts'

export type OldVersion = 'TLSv1' | 'TLSv1.1'

const minors: Readonly<Record<OldVersion, number>> = { TLSv1: 1, 'TLSv1.1': 2 }

const handshakeRecord = 22
const alertRecord = 21
const serverHello = 2

/** What clients of that time offered: with and without ECDHE, for keys of both kinds; at last RFC 5746 §3.3. */
const suites = [0xc009, 0xc00a, 0xc013, 0xc014, 0x002f, 0x0035, 0x000a, 0x00ff]
const curves = [23, 24, 25]

const two = (value: number): readonly number[] => [value >> 8, value & 0xff]
const sized = (octets: readonly number[]): readonly number[] => [...two(octets.length), ...octets]

/** A ClientHello of TLS 1.0 or 1.1 (RFC 4346 §7.4.1.2) in its record; the server’s name stands in it (RFC 6066 §3). */
export function clientHello(host: string, version: OldVersion, random: Uint8Array): Uint8Array<ArrayBuffer> {
  const name = isIP(host) === 0 ? [0, ...sized([...new TextEncoder().encode(host)])] : []
  const extensions = [
    ...(name.length === 0 ? [] : [...two(0), ...sized(sized(name))]),
    ...[...two(10), ...sized(sized(curves.flatMap(two)))],
    // Points are uncompressed (RFC 8422 §5.1.2).
    ...[...two(11), ...sized([1, 0])],
  ]
  const noSession = 0
  const noCompression = [1, 0]
  const hello = [3, minors[version], ...random, noSession, ...sized(suites.flatMap(two)), ...noCompression]
  const body = [...hello, ...sized(extensions)]
  return Uint8Array.from([handshakeRecord, 3, 1, ...sized([1, 0, ...sized(body)])])
}

/**
 * Whether a server would go on in a version that libraries no longer speak: its ServerHello says so, and the connection is
 * ended then.
 *
 * @throws WireError `WIRE_SILENT`, `WIRE_ENDED`, `WIRE_NOT_TLS`; the system’s error
 */
export async function agreesToOld(
  carrier: Carrier,
  { host, version, patience }: { readonly host: string; readonly version: OldVersion; readonly patience: number },
): Promise<boolean> {
  try {
    return await withPatience<boolean>(carrier, patience, 'no ServerHello', (resolve, reject) => {
      const came: number[] = []
      const ended = (): void => reject(new WireError('WIRE_ENDED', 'the connection was ended during the TLS handshake'))
      carrier.on('data', (octets: Buffer) => {
        came.push(...octets.subarray(0, 16))
        const [type, , , , , message, , , , major, minor] = came
        if (type === alertRecord) resolve(false)
        else if (type !== handshakeRecord || (message !== undefined && message !== serverHello))
          reject(new WireError('WIRE_NOT_TLS', 'what came is no ServerHello'))
        else if (minor !== undefined) resolve(major === 3 && minor === minors[version])
      })
      carrier.once('error', reject)
      carrier.once('end', ended)
      carrier.once('close', ended)
      carrier.write(clientHello(host, version, crypto.getRandomValues(new Uint8Array(32))))
      carrier.resume()
    })
  } finally {
    carrier.destroy()
  }
}
