import { join } from '../wire/command-stream.ts'
import type { Section } from '../wire/fetch-att.ts'
import type { Header } from './mime-header.ts'
import type { Part } from './mime-part.ts'

/** The octets that `BODY[section]` names (RFC 3501 §6.4.5); null where the message has no such part. */
export function sectionOf(root: Part, bytes: Uint8Array, section: Section): Uint8Array | null {
  const part = section.part.length === 0 ? root : findPart(root, section.part)
  if (part === undefined) return null
  if (section.text === null) return section.part.length === 0 ? bytes : bytes.subarray(part.bodyStart, part.bodyEnd)
  if (section.text === 'MIME') return bytes.subarray(part.header.start, part.header.end)
  // HEADER and TEXT with a part number are those of the message inside it. Of other parts Gmail says NIL (captured answer in
  // github.com/mscdex/node-imap issue 184), as RFC 3501 §4.5 does of what does not exist.
  const message = section.part.length === 0 ? part : part.message
  if (message === null) return null
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

/** RFC 3501 §6.4.5: parts of a multipart count from 1; a message that is none has one part, its body. */
function findPart(root: Part, path: readonly number[]): Part | undefined {
  let holder: Part | null = root
  let part: Part | undefined
  for (const number of path) {
    if (holder === null) return undefined
    const { type, children }: Part = holder
    part = type === 'multipart' ? children[number - 1] : number === 1 ? holder : undefined
    if (part === undefined) return undefined
    // The parts of an enclosed message count on from the part that holds it. Any other part holds none.
    holder = part.type === 'multipart' ? part : part.message
  }
  return part
}

function fieldsNamed(header: Header, bytes: Uint8Array, names: readonly string[], wanted: boolean): Uint8Array {
  const set = new Set(names.map((name) => name.toLowerCase()))
  const fields = header.fields.filter((field) => set.has(field.name) === wanted)
  // The empty line too, where there is one.
  const emptyLine = bytes.subarray(header.fieldsEnd, header.end)
  return join([...fields.map((field) => bytes.subarray(field.start, field.end)), emptyLine])
}
