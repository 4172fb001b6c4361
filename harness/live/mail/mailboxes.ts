import { LiveTrouble } from '../trouble.ts'
import { succeeded } from './dialogue.ts'
import { type Value, valuesIn } from './response-values.ts'
import type { Session } from './session.ts'

/** A mailbox as LIST tells it; its name as it came, in modified UTF-7. */
export interface Listed {
  readonly name: string
  readonly delimiter: string | null
  /** In small letters. */
  readonly attributes: readonly string[]
}

/** Every mailbox, with special uses where the server tells them (RFC 6154 §3). */
export async function mailboxesOf({ dialogue, capabilities }: Session): Promise<readonly Listed[]> {
  const tells = capabilities.includes('SPECIAL-USE') && capabilities.includes('LIST-EXTENDED')
  const extended = tells ? await dialogue.ask('LIST "" "*" RETURN (SPECIAL-USE)') : undefined
  // Some offer it and take it not; Gmail tells special uses in any case.
  const listed = extended?.condition === 'OK' ? extended : await dialogue.ask('LIST "" "*"')
  const { untagged } = succeeded(listed, 'LIST')
  return untagged.flatMap((response) => {
    if (!/^LIST /i.test(response)) return []
    const [, attributes, delimiter, name] = valuesIn(response)
    if (!Array.isArray(attributes) || typeof name !== 'string') return []
    return [
      {
        name,
        delimiter: typeof delimiter === 'string' ? delimiter : null,
        attributes: texts(attributes).map((attribute) => attribute.toLowerCase()),
      },
    ]
  })
}

const texts = (values: readonly Value[]): readonly string[] => values.filter((value) => typeof value === 'string')

/**
 * A name as a command can say it.
 *
 * @throws LiveTrouble for one that no server tells unless it was asked to (RFC 3501 §5.1.3)
 */
export function quoted(name: string): string {
  if (!/^[\x20-\x7e]*$/.test(name)) throw new LiveTrouble('not-understood', 'a mailbox has a name outside of ASCII')
  return `"${name.replaceAll(/["\\]/g, '\\$&')}"`
}

/** @returns how many messages are in it */
export async function select({ dialogue }: Session, name: string, command: 'SELECT' | 'EXAMINE'): Promise<number> {
  const { untagged } = succeeded(await dialogue.ask(`${command} ${quoted(name)}`), command)
  const exists = untagged.flatMap((response) => /^(\d{1,10}) EXISTS$/i.exec(response)?.[1] ?? []).at(-1)
  return Number(exists ?? 0)
}

/** What one message shows, by item in capital letters. */
export type Fetched = ReadonlyMap<string, Value>

/** @param messages such as `1:*` or `UID 7` */
export async function fetchFrom({ dialogue }: Session, messages: string, items: string): Promise<readonly Fetched[]> {
  const [, uid = '', set] = /^(UID )?(.*)$/.exec(messages)!
  const { untagged } = succeeded(await dialogue.ask(`${uid}FETCH ${set} ${items}`), 'FETCH')
  return untagged.flatMap((response) => {
    if (!/^\d+ FETCH /i.test(response)) return []
    const [, , list = null] = valuesIn(response)
    return Array.isArray(list) ? [itemsIn(list)] : []
  })
}

function itemsIn(list: readonly Value[]): Fetched {
  const items = new Map<string, Value>()
  for (let at = 0; at + 1 < list.length; at += 2) items.set(String(list[at]).toUpperCase(), list[at + 1]!)
  return items
}

export const uidOf = (message: Fetched): number | undefined => {
  const uid = message.get('UID')
  return typeof uid === 'string' && /^[1-9]\d{0,9}$/.test(uid) ? Number(uid) : undefined
}

/** The one section that was asked for, whatever the server calls it. */
export const sectionOf = (message: Fetched): string => {
  const [, text] = [...message].find(([item]) => item.startsWith('BODY[')) ?? []
  return typeof text === 'string' ? text : ''
}
