import { existsSync, readFileSync } from 'node:fs'

/**
 * How often somebody in a network namespace sent to an address to which no route leads: the kernel counts what it does not
 * send (OutNoRoutes, RFC 4293 §3.2.3), the address itself it keeps to itself.
 *
 * @param statistics `/proc/net` of a process in that namespace
 */
export function unrouted(statistics: string): number {
  const [names = '', values = ''] = textOf(`${statistics}/snmp`).split('\n')
  const ipv4 = values.split(' ')[names.split(' ').indexOf('OutNoRoutes')]
  const [, ipv6] = /^Ip6OutNoRoutes\s+(\d+)/m.exec(textOf(`${statistics}/snmp6`)) ?? []
  return Number(ipv4 ?? 0) + Number(ipv6 ?? 0)
}

/** A kernel without IPv6 has no such file, nor has a process that has ended. */
const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')
