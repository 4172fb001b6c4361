import * as v from 'valibot'
import { Fault } from '../model/fault.ts'

const ip = v.pipe(v.string(), v.ip())

/** @throws Fault `USAGE` unless it is an IP address: a name could mean anything, and several addresses */
export function listenAddress(value: string): string {
  if (v.is(ip, value)) return value
  throw new Fault(
    'USAGE',
    `--listen takes an IP address, not ${JSON.stringify(value)}.`,
    'Such as 127.0.0.1 or 0.0.0.0.',
  )
}

export const isLoopback = (address: string): boolean => /^127\.|^::1$/.test(address)
