import type { AddressInfo, Server } from 'node:net'
import { Fault } from '../../harness/model/fault.ts'

/** Where a door is; on loopback, at a port of the system's choice, unless told. */
export interface ListenAddress {
  /** An IP address of this machine. */
  readonly host?: string
  readonly port?: number
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  // Deno's word for it; what is no address at all does not come this far.
  EINVAL: 'this machine has no such address',
  EACCES: 'this port needs more rights',
}

/**
 * Opens a server at an address and tells the port that it got.
 *
 * @throws Fault `ADDRESS_UNAVAILABLE` that says why
 */
export async function listen(server: Server, { host = '127.0.0.1', port = 0 }: ListenAddress = {}): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  }).catch((cause: NodeJS.ErrnoException) => {
    const reason = reasons[cause.code ?? ''] ?? cause.message
    const hint = 'Name another port or address, or end the program that uses it.'
    throw new Fault('ADDRESS_UNAVAILABLE', `Cannot listen on ${host}:${port}: ${reason}.`, hint, { cause })
  })
  return (server.address() as AddressInfo).port
}
