import { leavesOf } from '../../gmail/oracle/comparable.fixture.ts'
import { type Value, ResponseReader, isList } from '../../gmail/oracle/response.fixture.ts'

/**
 * What responses mean, one line for each thing told: without words for people, without numbers that a server is free to
 * choose (`v` is a UIDVALIDITY, `m` a modification sequence), and in one order where the standard sets none. Messages that
 * went are named in one line, by the numbers that they had before. Which session a message is recent in is left to the
 * server (RFC 3501 §2.3.2) and not told.
 *
 * @param responses without their last CRLF, literals in their places
 * @param tag of the command that they answer
 */
export function canonical(responses: readonly string[], tag: string): string[] {
  const lines = responses.flatMap((response) => linesOf(response, tag))
  const gone = lines.flatMap((line) => /^\* (\d+) EXPUNGE$/.exec(line)?.[1] ?? []).map(Number)
  const others = lines.filter((line) => !/^\* \d+ (?:EXPUNGE|RECENT)$/.test(line))
  return [...others, ...(gone.length === 0 ? [] : [`* EXPUNGE ${before(gone).join(' ')}`])].toSorted(tellingOrder)
}

/** Each EXPUNGE counts in what those before it left. */
function before(expunged: readonly number[]): readonly number[] {
  const numbers: number[] = []
  for (const number of expunged) {
    let own = number
    for (const other of numbers) if (other <= own) own++
    numbers.push(own)
    numbers.sort((one, other) => one - other)
  }
  return numbers
}

/** Untagged responses before the line that ends them. */
const tellingOrder = (one: string, other: string): number =>
  Number(other.startsWith('* ')) - Number(one.startsWith('* ')) || one.localeCompare(other, 'en', { numeric: true })

function linesOf(response: string, tag: string): readonly string[] {
  if (response.startsWith('+')) return [challenge(response.slice(1).trim())]
  const untagged = response.startsWith('* ')
  const text = untagged ? response.slice(2) : response.slice(tag.length + 1)
  const lead = untagged ? '* ' : ''
  const status = /^(OK|NO|BAD|BYE|PREAUTH)\b(?: \[([^\]]*)\])?/i.exec(text)
  if (status !== null) return [lead + status[1] + (status[2] === undefined ? '' : ` [${code(status[2])}]`)]
  const fetch = /^(\d+) FETCH /.exec(text)
  if (fetch !== null) return fetched(text, lead + fetch[0])
  const [name = '', ...names] = text.split(' ')
  return name === 'CAPABILITY' ? names.map((each) => `* CAPABILITY ${each}`) : [lead + told(text, tag)]
}

/** Words of an invitation are for people; a refusal of a token is JSON in base64. */
function challenge(text: string): string {
  const decoded = /^[A-Za-z0-9+/]+=*$/.test(text) ? Buffer.from(text, 'base64').toString() : ''
  return decoded.startsWith('{') ? `+ ${decoded}` : '+'
}

const sorted = (words: string): string => words.split(' ').toSorted().join(' ')

const code = (text: string): string =>
  text
    .replace(/^(UIDVALIDITY|APPENDUID|COPYUID) \d+/i, '$1 v')
    .replace(/^(HIGHESTMODSEQ) \d+/i, '$1 m')
    .replace(/^(PERMANENTFLAGS) \((.*)\)$/i, (_, name: string, flags: string) => `${name} (${sorted(flags)})`)

function told(text: string, tag: string): string {
  const [name = ''] = text.split(' ')
  const rest = text.slice(name.length + 1)
  switch (name.toUpperCase()) {
    case 'ENABLED':
      return `${name} ${sorted(rest)}`.trim()
    case 'SEARCH':
      return `SEARCH ${rest.replace(/^[\d ]+/, (numbers) =>
        numbers
          .trim()
          .split(' ')
          .map(Number)
          .toSorted((a, b) => a - b)
          .join(' '),
      )}`.trim()
    case 'ESEARCH':
      return text.replace(`"${tag}"`, '"tag"').replace(/MODSEQ \d+/, 'MODSEQ m')
    case 'FLAGS':
      return `FLAGS (${sorted(rest.slice(1, -1))})`
    case 'LIST':
    case 'LSUB':
    case 'XLIST':
      return text.replace(/\(([^)]*)\)/, (_, attributes: string) => `(${sorted(attributes)})`)
    case 'STATUS':
      return text.replace(/\(([^)]*)\)$/, (_, items: string) => `(${statusItems(items)})`)
    default:
      return text
  }
}

const statusItems = (items: string): string =>
  (items.match(/\S+ \S+/g) ?? [])
    .map((item) => item.replace(/(UIDVALIDITY) \d+/i, '$1 v').replace(/(HIGHESTMODSEQ) \d+/i, '$1 m'))
    .toSorted()
    .join(' ')

/** A line for each item; what does not follow the grammar stands as it came. */
function fetched(text: string, lead: string): readonly string[] {
  try {
    const { items } = new ResponseReader(text).fetched()!
    return [...items].flatMap(([item, value]) => itemLines(item, value)).map((line) => lead + line)
  } catch {
    return [lead + JSON.stringify(text.slice(text.indexOf('(')))]
  }
}

const structured = new Set(['ENVELOPE', 'BODY', 'BODYSTRUCTURE', 'INTERNALDATE'])

function itemLines(item: string, value: Value): readonly string[] {
  if (item === 'FLAGS' && isList(value))
    return [
      `FLAGS (${value
        .map(text)
        .filter((flag) => flag !== '\\Recent')
        .toSorted()
        .join(' ')})`,
    ]
  if (item === 'MODSEQ') return ['MODSEQ (m)']
  if (item === 'INTERNALDATE') return [`INTERNALDATE ${moment(value)}`]
  if (structured.has(item)) return leavesOf(item, value).map(([name, json]) => `${name} ${json}`)
  return [`${item} ${text(value)}`]
}

function moment(value: Value): string {
  const time = Date.parse(String(value).trim())
  return Number.isNaN(time) ? text(value) : new Date(time).toISOString()
}

function text(value: Value): string {
  if (value === null) return 'NIL'
  if (typeof value === 'string') return JSON.stringify(value)
  return isList(value) ? `(${value.map(text).join(' ')})` : (value as { readonly atom: string }).atom
}
