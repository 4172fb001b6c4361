import { type Value, isList } from './response.fixture.ts'

/** Items that change nothing. */
export const plainItems = ['UID', 'FLAGS', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY', 'BODYSTRUCTURE']
export const macros = ['ALL', 'FAST', 'FULL']
/** Items that mark the message as seen, but for the first. */
export const readingItems = [
  'RFC822.HEADER',
  'RFC822.TEXT',
  'RFC822',
  'BODY[]',
  'BODY[TEXT]',
  'BODY[1]',
  'BODY[1]<2.8>',
]

/** Whether there is a header and a text to be asked for, or a body only, or nothing. */
type Kind = 'message' | 'body' | 'absent'

const names = ['Subject From', 'X-None', 'Received "To" Content-Type']

function sectionsOf(part: string, kind: Kind): string[] {
  const at = (text: string): string => `BODY.PEEK[${[part, text].filter((each) => each !== '').join('.')}]`
  const body = [at(''), `${at('')}<0.7>`, ...(part === '' ? [] : [at('MIME')])]
  if (kind === 'absent') return body
  const partial = [`${at('')}<3.20>`, `${at('')}<99999999.5>`]
  if (kind === 'body') return [...body, ...partial, at('HEADER'), at('TEXT')]
  const fields = names.flatMap((each) => [at(`HEADER.FIELDS (${each})`), at(`HEADER.FIELDS.NOT (${each})`)])
  const header = [at('HEADER'), `${at('HEADER')}<2.9>`, ...fields, `${at('HEADER.FIELDS (Subject)')}<4.6>`]
  return [...body, ...partial, ...header, at('TEXT'), `${at('TEXT')}<1.4>`]
}

/** Every section of a message that has these BODYSTRUCTUREs, and parts that it does not have: one past each level. */
export function sectionItems(structures: readonly Value[]): string[] {
  const kinds = new Map<string, Kind>([['', 'message']])
  for (const [part, kind] of structures.flatMap((structure) => partsIn(structure, '')))
    if (kinds.get(part) === undefined || kinds.get(part) === 'absent') kinds.set(part, kind)
  return [...kinds].flatMap(([part, kind]) => sectionsOf(part, kind))
}

type Parts = readonly (readonly [part: string, kind: Kind])[]

/** RFC 3501 §6.4.5: parts count from 1; those of an enclosed message go on from the part that holds it. */
function partsIn(message: Value, above: string): Parts {
  const below = (number: number): string => (above === '' ? `${number}` : `${above}.${number}`)
  if (!isList(message)) return []
  if (!isList(message[0])) return [...partsOf(message, below(1)), [below(2), 'absent']]
  const count = message.findIndex((part) => !isList(part))
  const parts = message.slice(0, count).flatMap((part, index) => partsOf(part, below(index + 1)))
  return [...parts, [below(count + 1), 'absent']]
}

function partsOf(part: Value, number: string): Parts {
  if (!isList(part)) return []
  if (isList(part[0])) return [[number, 'body'], ...partsIn(part, number)]
  const encloses = isList(part[7]) && isList(part[8])
  return encloses
    ? [[number, 'message'], ...partsIn(part[8]!, number)]
    : [
        [number, 'body'],
        [`${number}.1`, 'absent'],
      ]
}
