import { type Value, isList } from './response.fixture.ts'

/** What one FETCH item means, cut into the smallest pieces that can differ: their names, and plain JSON. */
export type Leaves = readonly (readonly [name: string, json: string])[]

/** The value of one item without what the grammar leaves to the server. */
export function leavesOf(item: string, value: Value): Leaves {
  if (item === 'FLAGS') return [leaf(item, (plain(value) as string[]).map((flag) => flag.toLowerCase()).toSorted())]
  if (item === 'INTERNALDATE') return [leaf(item, new Date(String(plain(value))).getTime())]
  if (item === 'ENVELOPE') return envelopeLeaves(item, value)
  if (item === 'BODY' || item === 'BODYSTRUCTURE') return bodyLeaves(item, value)
  return [leaf(item, plain(value))]
}

type Plain = null | undefined | string | number | readonly Plain[]

const leaf = (name: string, value: Plain): readonly [string, string] => [name, JSON.stringify(value) ?? 'absent']

const plain = (value: Value | undefined): Plain =>
  value === null || value === undefined || typeof value === 'string'
    ? value
    : isList(value)
      ? value.map(plain)
      : (value as { atom: string }).atom

const inLowerCase = (value: Value | undefined): Plain => {
  const text = plain(value)
  return typeof text === 'string' ? text.toLowerCase() : text
}

const envelopeFields = ['date', 'subject', 'from', 'sender', 'reply-to', 'to', 'cc', 'bcc', 'in-reply-to', 'message-id']

const envelopeLeaves = (name: string, value: Value): Leaves =>
  isList(value) && value.length === envelopeFields.length
    ? envelopeFields.map((field, index) => leaf(`${name} ${field}`, plain(value[index])))
    : [leaf(name, plain(value))]

/** RFC 2045 §2: media types, encodings, dispositions and the names of parameters compare in any case. */
function bodyLeaves(name: string, value: Value): Leaves {
  if (!isList(value)) return [leaf(name, plain(value))]
  // Gmail writes a multipart without parts like one with parts; no other body is so short.
  return isList(value[0]) || value.length < 7 ? multipartLeaves(name, value) : partLeaves(name, value)
}

function multipartLeaves(name: string, value: readonly Value[]): Leaves {
  const count = value.findIndex((part) => !isList(part))
  const [subtype, parameters, ...extension] = value.slice(count)
  return [
    ...value.slice(0, count).flatMap((part, index) => bodyLeaves(`${name}.${index + 1}`, part)),
    leaf(`${name} type`, `multipart/${String(inLowerCase(subtype))}`),
    ...(parameters === undefined
      ? []
      : [leaf(`${name} parameters`, pairs(parameters)), ...extensionLeaves(name, extension)]),
  ]
}

function partLeaves(name: string, value: readonly Value[]): Leaves {
  const [type, subtype, parameters, id, description, encoding, octets, ...rest] = value
  const kind = `${String(inLowerCase(type))}/${String(inLowerCase(subtype))}`
  const encloses = isList(rest[0]) && isList(rest[1])
  const own = encloses ? 3 : kind.startsWith('text/') ? 1 : 0
  const [md5, ...extension] = rest.slice(own)
  return [
    leaf(`${name} type`, kind),
    leaf(`${name} parameters`, pairs(parameters)),
    leaf(`${name} id`, plain(id)),
    leaf(`${name} description`, plain(description)),
    leaf(`${name} encoding`, inLowerCase(encoding)),
    leaf(`${name} octets`, plain(octets)),
    ...(encloses ? [...envelopeLeaves(`${name} envelope`, rest[0]!), ...bodyLeaves(`${name}.enclosed`, rest[1]!)] : []),
    ...(own === 0 ? [] : [leaf(`${name} lines`, plain(rest[own - 1]))]),
    ...(md5 === undefined ? [] : [leaf(`${name} md5`, plain(md5)), ...extensionLeaves(name, extension)]),
  ]
}

const extensionLeaves = (name: string, [disposition, language, location, ...more]: readonly Value[]): Leaves => [
  leaf(
    `${name} disposition`,
    isList(disposition) ? [inLowerCase(disposition[0]), pairs(disposition[1])] : plain(disposition),
  ),
  // A single language may stand without parentheses.
  leaf(`${name} language`, typeof language === 'string' ? [language] : plain(language)),
  leaf(`${name} location`, plain(location)),
  ...more.map((each, index) => leaf(`${name} more ${index}`, plain(each))),
]

const pairs = (value: Value | undefined): Plain =>
  isList(value) ? value.map((each, index) => (index % 2 === 0 ? inLowerCase(each) : plain(each))) : plain(value)
