import { join } from '../wire/command-stream.ts'
import type { Section } from '../wire/fetch-att.ts'
import type { Header } from './mime-header.ts'
import type { Part } from './mime-part.ts'

const nothing = new Uint8Array(0)
const crlf = Uint8Array.of(13, 10)

/** The octets that `BODY[section]` names (RFC 3501 §6.4.5); null where the message has no such part. */
export function sectionOf(root: Part, bytes: Uint8Array, section: Section): Uint8Array | null {
  const part = section.part.length === 0 ? root : findPart(root, section.part)
  if (part === undefined) return null
  if (section.text === null) return section.part.length === 0 ? bytes : bytes.subarray(part.bodyStart, part.bodyEnd)
  if (section.text === 'MIME') return bytes.subarray(part.header.start, part.header.end)
  // HEADER and TEXT with a part number are those of the message inside it; other parts have none.
  const message = section.part.length === 0 ? part : part.message
  if (message === null) return nothing
  switch (section.text) {
    case 'HEADER':
      return bytes.subarray(message.header.start, message.header.end)
    case 'TEXT':
      return bytes.subarray(message.bodyStart, message.bodyEnd)
    case 'HEADER.FIELDS':
      return fieldsNamed(message.header, bytes, section.names, true)
    case 'HEADER.FIELDS.NOT':
      return fieldsNamed(message.header, bytes, section.names, false)
  }
}

function findPart(root: Part, path: readonly number[]): Part | undefined {
  const [first, ...deeper] = path
  const top = root.children.length > 0 ? root.children[first! - 1] : only(root, first!)
  return deeper.reduce<Part | undefined>((part, number) => {
    // The parts of an enclosed message count on from the part that holds it.
    const parent = part?.message ?? part
    if (parent === undefined || parent.children.length > 0) return parent?.children[number - 1]
    return part?.message === null ? undefined : only(parent, number)
  }, top)
}

/** A message that is no multipart has exactly one part: its body. */
const only = (message: Part, number: number): Part | undefined => (number === 1 ? message : undefined)

function fieldsNamed(header: Header, bytes: Uint8Array, names: readonly string[], wanted: boolean): Uint8Array {
  const set = new Set(names.map((name) => name.toLowerCase()))
  const fields = header.fields.filter((field) => set.has(field.name) === wanted)
  return join([...fields.map((field) => bytes.subarray(field.start, field.end)), crlf])
}
