import { Buffer } from 'node:buffer'
import type { Duplex } from 'node:stream'
import { withPatience } from './patience.ts'
import { WireError } from './wire-error.ts'

/** Reads a connection piece by piece; each character stands for one octet (ISO 8859-1). One read at a time. */
export interface OctetReader {
  /**
   * Everything up to a line feed, and that too.
   *
   * @param most octets
   * @throws WireError `WIRE_TOO_MUCH`, `WIRE_ENDED`, `WIRE_SILENT`; the system’s error. The connection is ended then.
   */
  line(most: number): Promise<string>
  /** So many octets; throws as `line` does. */
  octets(count: number): Promise<string>
}

const lineFeed = 0x0a
/** Octets that may wait for their reader before the other side has to. */
const mostWaiting = 64 * 1024

/** @param patience milliseconds that each read may take */
export function readOctets(line: Duplex, patience: number): OctetReader {
  let waiting: Buffer = Buffer.alloc(0)
  let over: unknown
  let changed = (): void => {}
  const end = (error: unknown): void => {
    over ??= error
    changed()
  }
  line.on('data', (octets: Buffer) => {
    waiting = Buffer.concat([waiting, octets])
    if (waiting.length > mostWaiting) line.pause()
    changed()
  })
  line.once('error', end)
  const ended = (): void => end(new WireError('WIRE_ENDED', 'the connection was ended before the answer was whole'))
  line.once('end', ended)
  line.once('close', ended)

  /** @param find how many octets are to be taken; undefined as long as too few are there */
  const take = (find: () => number | undefined): Promise<string> =>
    withPatience(line, patience, 'no answer', (resolve, reject) => {
      changed = () => {
        try {
          const count = find()
          if (count !== undefined) {
            changed = () => {}
            resolve(waiting.toString('latin1', 0, count))
            waiting = waiting.subarray(count)
          } else if (over !== undefined) reject(over)
          else line.resume()
        } catch (error) {
          reject(error)
        }
      }
      changed()
    })

  return {
    line: (most) =>
      take(() => {
        const at = waiting.subarray(0, most).indexOf(lineFeed)
        if (at >= 0) return at + 1
        if (waiting.length >= most) throw new WireError('WIRE_TOO_MUCH', `a line of more than ${most} octets`)
        return undefined
      }),
    octets: (count) => take(() => (waiting.length >= count ? count : undefined)),
  }
}
