import { Fault } from '../../model/fault.ts'
import type { Address, FarSide } from '../far-side.ts'

/** How to get to an address. */
export interface Route {
  /** What is connected to. */
  readonly first: Address
  readonly proxy?: Proxy
}

export interface Proxy {
  readonly host: string
  readonly port: number
  /** It is itself spoken to inside TLS. */
  readonly secure: boolean
  readonly credentials?: { readonly user: string; readonly password: string }
}

const usualPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

/** A host and its port as they stand in CONNECT: an IPv6 address in brackets. */
export const authorityOf = ({ host, port }: Address): string => `${host.includes(':') ? `[${host}]` : host}:${port}`

/** Where an https or http URL leads. */
export const addressOf = ({ protocol, hostname, port }: URL): Address => ({
  host: hostname.replace(/^\[(.+)\]$/, '$1'),
  port: port === '' ? (usualPorts[protocol] ?? 0) : Number(port),
})

/** 127.0.0.0/8, ::1 and what is always one of them (RFC 6761 §6.3). */
export const isLoopback = (host: string): boolean => /^(?:127(?:\.\d+){3}|::1|(?:.+\.)?localhost)$/i.test(host)

/** The way there: through a proxy where one is given, but never to this machine itself. */
export function routeTo(to: Address, { at = {} }: Pick<FarSide, 'at'>, proxy: Proxy | undefined): Route {
  const where = (address: Address): Address => at[authorityOf(address)] ?? address
  if (proxy === undefined || isLoopback(to.host)) return { first: where(to) }
  return { first: where(proxy), proxy }
}

/** @throws Fault `USAGE` for what is no address of an HTTP proxy; it shows nothing of it, for a password may stand there */
export function readProxy(text: string | undefined): Proxy | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text)
  if (url === null || !Object.hasOwn(usualPorts, url.protocol) || url.hostname === '') throw notProxy()
  const { username, password } = url
  return {
    ...addressOf(url),
    secure: url.protocol === 'https:',
    ...(username === '' && password === ''
      ? {}
      : { credentials: { user: decoded(username), password: decoded(password) } }),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw notProxy()
  }
}

const notProxy = (): Fault =>
  new Fault(
    'USAGE',
    'the address of the proxy is none of an HTTP proxy',
    'Give it as http://host:port, or http://user:password@host:port.',
  )
