import { authoritiesBesides, certificatesIn } from '../../runtime/authorities.ts'
import { openTunnel } from '../../runtime/connect-tunnel.ts'
import type { Carrier } from '../../runtime/dial.ts'
import { presentedCertificate } from '../../runtime/presented-certificate.ts'
import { type SecureLine, secure } from '../../runtime/secure-line.ts'
import { wallClock } from '../../runtime/wall-clock.ts'
import { Fault } from '../../model/fault.ts'
import { certificateTrouble } from './certificate-trouble.ts'
import type { Address, FarSide } from '../far-side.ts'
import type { LinesOptions } from './lines.ts'
import { type Proxy, authorityOf, readProxy, routeTo } from './route.ts'
import { isOfCertificate } from './trouble-of.ts'
import { type Wires, openWires } from './wires.ts'

/** What is spoken at the end of a way; it has a proxy of its own. */
export type Spoken = 'http' | 'imap'

export interface WayOptions {
  /** For ALPN. */
  readonly protocol?: string
  /** Ends this connection alone. */
  readonly until?: AbortSignal | undefined
}

/** From here to an address: the wire, the tunnel through a proxy, TLS. Whatever goes wrong is a LiveTrouble. */
export interface Ways extends Pick<Wires, 'named' | 'spent'>, AsyncDisposable {
  /** PEM, one certificate each. */
  readonly authorities: readonly string[]
  /** A connection on which nothing was said yet. */
  reached(spoken: Spoken, to: Address, options?: WayOptions): Promise<Carrier>
  /** Verified TLS. */
  secured(spoken: Spoken, to: Address, options?: WayOptions): Promise<SecureLine>
}

/** @throws Fault `USAGE` for a proxy or authorities that cannot be read */
export function openWays(farSide: FarSide, options: LinesOptions): Ways {
  const proxies = { http: readProxy(farSide.proxy), imap: readProxy(farSide.imapProxy) }
  const authorities = authoritiesOf(farSide)
  const wires = openWires(options)
  const { patience } = options.budget

  const reach = async (spoken: Spoken, to: Address, until?: AbortSignal): Promise<Carrier> => {
    const { first, proxy } = routeTo(to, farSide, proxies[spoken])
    if (proxy === undefined) return wires.dial(first, until)
    return wires.named(`${authorityOf(to)} through the proxy ${authorityOf(proxy)}`, async () => {
      const socket = await wires.dial(first, until)
      return tunnel(socket, to, proxy)
    })
  }
  const tunnel = async (
    socket: Carrier,
    to: Address,
    { host, secure: inside, credentials }: Proxy,
  ): Promise<Carrier> => {
    const line = inside ? await secure(socket, { host, authorities, patience }) : socket
    await openTunnel(line, { authority: authorityOf(to), patience, ...(credentials ? { credentials } : {}) })
    return line
  }

  /** The first look verified and failed; the second one learns who signed, and sends nothing. */
  const unbelieved = async (error: unknown, spoken: Spoken, to: Address): Promise<unknown> => {
    const look = await reach(spoken, to)
      .then((socket) => presentedCertificate(socket, { host: to.host, authorities, patience }))
      .catch(() => undefined)
    return look === undefined ? error : certificateTrouble(error, look, { ...to, now: wallClock.now() })
  }

  return {
    authorities,
    reached: (spoken, to, { until } = {}) => wires.named(authorityOf(to), () => reach(spoken, to, until)),
    secured: (spoken, to, { protocol, until } = {}) =>
      wires.named(authorityOf(to), async () => {
        const socket = await reach(spoken, to, until)
        const asked = { host: to.host, authorities, patience, ...(protocol === undefined ? {} : { protocol }) }
        return secure(socket, asked).catch(async (error: unknown) => {
          throw isOfCertificate(error) ? await unbelieved(error, spoken, to) : error
        })
      }),
    named: (where, work) => wires.named(where, work),
    spent: () => wires.spent(),
    [Symbol.asyncDispose]: () => wires[Symbol.asyncDispose](),
  }
}

function authoritiesOf({ authorities = '' }: FarSide): readonly string[] {
  if (authorities.trim() !== '' && certificatesIn(authorities).length === 0)
    throw new Fault(
      'USAGE',
      'the authorities hold no certificate',
      'Give a file of PEM: -----BEGIN CERTIFICATE----- and so on.',
    )
  return authoritiesBesides(authorities)
}
