import { closeSync, openSync, readSync, readdirSync, readlinkSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** What Linux tells of processes below /proc; where there is no /proc, or no permission, nothing is told. */

export interface ProcessState {
  readonly parent: number
  readonly group: number
  readonly session: number
  /** When it began, in the kernel’s own ticks: a number that was given out again belongs to somebody else. */
  readonly began: number
  /** It has not ended; a zombie has, and waits only for its parent to notice. */
  readonly alive: boolean
}

/** A connection that a process made, or a port where it waits for others to make one. */
export type Socket =
  | { readonly protocol: 'tcp' | 'udp'; readonly dialled: Endpoint }
  | { readonly protocol: 'tcp'; readonly listens: Endpoint }

/** IPv4 inside IPv6 is told as IPv4. */
export interface Endpoint {
  readonly address: string
  readonly port: number
}

export interface OpenFile {
  readonly path: string
  readonly written: boolean
}

/** More than the arguments and environment of any program that people run. */
const buffer = Buffer.alloc(256 * 1024)

/** A file of /proc has no size, and looks at many of them must be quick. */
function contentOf(path: string): string | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return undefined
  }
  try {
    let length = 0
    for (let read = -1; read !== 0 && length < buffer.length; length += read)
      read = readSync(file, buffer, length, buffer.length - length, null)
    return buffer.toString('utf8', 0, length)
  } catch {
    return undefined
  } finally {
    closeSync(file)
  }
}

const namesIn = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

const linkAt = (path: string): string => {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

/**
 * Whether the numbers below /proc are those that signals go by. In a process namespace that was made without a /proc of its
 * own they are another namespace's, and would lead to processes of strangers.
 */
const numbersAreOurs = linkAt('/proc/self') === `${process.pid}`

/** Every process that can be seen from here, threads not counted. */
export const processIds = (): readonly number[] =>
  numbersAreOurs ? namesIn('/proc').map(Number).filter(Number.isInteger) : []

export function stateOf(pid: number): ProcessState | undefined {
  const line = numbersAreOurs ? contentOf(`/proc/${pid}/stat`) : undefined
  if (line === undefined) return undefined
  // The second field is the program’s name in parentheses and may hold anything, so fields are counted after it.
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  const [parent, group, session, began] = [fields[1], fields[2], fields[3], fields[19]].map(Number)
  if (began === undefined || Number.isNaN(began)) return undefined
  return { parent: parent!, group: group!, session: session!, began, alive: !/[ZX]/.test(fields[0]!) }
}

/** Arguments, or environment as `NAME=value`, each with a NUL behind it; undefined when it is nobody’s to read. */
export const argumentsOf = (pid: number): string | undefined =>
  numbersAreOurs ? contentOf(`/proc/${pid}/cmdline`) : undefined
export const environmentOf = (pid: number): string | undefined =>
  numbersAreOurs ? contentOf(`/proc/${pid}/environ`) : undefined

/** What the file descriptors of a process stand for: files by path, sockets by the number that the tables use. */
export function openIn(pid: number): { readonly files: readonly OpenFile[]; readonly sockets: readonly number[] } {
  const files: OpenFile[] = []
  const sockets: number[] = []
  for (const name of namesIn(`/proc/${pid}/fd`)) {
    const target = linkAt(`/proc/${pid}/fd/${name}`)
    const socket = /^socket:\[(\d+)\]$/.exec(target)?.[1]
    if (socket !== undefined) sockets.push(Number(socket))
    else if (/^\/(?!dev\/(?!shm\/)|proc\/|sys\/|memfd:)/.test(target)) {
      const flags = /^flags:\s*(\d+)/m.exec(contentOf(`/proc/${pid}/fdinfo/${name}`) ?? '')?.[1] ?? '0'
      // O_WRONLY is 1, O_RDWR is 2.
      files.push({ path: target.replace(/ \(deleted\)$/, ''), written: (parseInt(flags, 8) & 3) !== 0 })
    }
  }
  return { files, sockets }
}

/**
 * The sockets in the network namespace of a process, by their numbers; those that others connected to are left out.
 * Reading them takes the kernel milliseconds where its tables are large, so it is not done in the thread that asks.
 */
export async function socketsSeenBy(pid: number): Promise<ReadonlyMap<number, Socket>> {
  const rows = (await Promise.all(['tcp', 'tcp6', 'udp', 'udp6'].map((table) => rowsOf(pid, table)))).flat()
  const listening = new Set(rows.filter(listens).map(({ local }) => local.port))
  const sockets = new Map<number, Socket>()
  for (const row of rows) {
    const { number, protocol, local, remote, state } = row
    if (protocol === 'tcp' && listens(row)) sockets.set(number, { protocol, listens: local })
    // The table does not say who began. Where nobody waits at the other end, that end did.
    else if (remote.port !== 0 && (state === synSent || !listening.has(local.port)))
      if (state === synSent || protocol === 'udp' || !isLoopback(remote.address) || listening.has(remote.port))
        sockets.set(number, { protocol, dialled: remote })
  }
  return sockets
}

export const isLoopback = (address: string): boolean => address.startsWith('127.') || address === '::1'

interface Row {
  readonly number: number
  readonly protocol: 'tcp' | 'udp'
  readonly local: Endpoint
  readonly remote: Endpoint
  readonly state: string
}

/** As Linux numbers the states of TCP. */
const synSent = '02'
const listens = ({ protocol, state }: Row): boolean => protocol === 'tcp' && state === '0A'

async function rowsOf(pid: number, table: string): Promise<readonly Row[]> {
  const text = await readFile(`/proc/${pid}/net/${table}`, 'latin1').catch(() => '')
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => Number(fields[9]) > 0)
    .map(([, local = '', remote = '', state = '', , , , , , number]) => ({
      number: Number(number),
      protocol: table.startsWith('tcp') ? 'tcp' : 'udp',
      local: endpoint(local),
      remote: endpoint(remote),
      state,
    }))
}

/** `0100007F:0050` is 127.0.0.1:80: each 32 bits in the byte order of the machine, which is little endian wherever we run. */
function endpoint(text: string): Endpoint {
  const [hex = '', port = '0'] = text.split(':')
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => word.match(/../g)!.reverse())
  const ipv4 = bytes.length === 4 || bytes.slice(0, 12).join('') === '00000000000000000000ffff'.toUpperCase()
  const address = ipv4
    ? bytes
        .slice(-4)
        .map((byte) => parseInt(byte, 16))
        .join('.')
    : shortIpv6(bytes)
  return { address, port: parseInt(port, 16) }
}

/** As a URL parser writes it (WHATWG URL), without the brackets. */
const shortIpv6 = (bytes: readonly string[]): string =>
  new URL(`http://[${bytes.join('').match(/.{4}/g)!.join(':')}]`).hostname.slice(1, -1)
