import type { Comparison } from './comparison.fixture.ts'
import type { Folder, Lying, Party } from './party.fixture.ts'

type Name = 'ours' | 'dovecot'

/** What both servers agree on so far. */
export interface Known {
  /** The folders that exist, as they lie now. */
  folders: ReadonlyMap<string, Folder>
  /** The folder that each connection has open. */
  readonly open: [Opened | null, Opened | null]
  /** The highest modification sequence of each folder’s messages, by server; one entry for each state, the first first. */
  readonly modSeqs: ReadonlyMap<string, Readonly<Record<Name, number>>>[]
  /** The number of the state in which a message last came into a folder or went from one. */
  readonly moved: Map<string, number>
  /** Messages that were ever appended. */
  appended: number
}

export interface Opened {
  readonly folder: string
  readonly readOnly: boolean
}

/** Both servers, and where it is written down what they do not agree on. */
export interface Stage {
  readonly comparison: Comparison
  readonly subject: string
  readonly parties: Readonly<Record<Name, Party>>
}

export const folderNames = ['INBOX', 'One', 'Two', 'Three']

/** Nothing is known yet. */
export const nothingKnown = (): Known => ({
  folders: new Map(),
  open: [null, null],
  modSeqs: [],
  moved: new Map(),
  appended: 0,
})

/** Says the same to both servers and compares what their clients know then; throws where nothing explains a difference. */
export async function bothSay(
  { comparison, subject, parties: { ours, dovecot } }: Stage,
  actor: number,
  title: string,
  pieces: (name: Name) => readonly (string | Uint8Array)[] = () => [title],
): Promise<string> {
  const [own, reference] = await Promise.all([
    ours.say(actor, ...pieces('ours')),
    dovecot.say(actor, ...pieces('dovecot')),
  ])
  comparison.mustAgree(subject, title, own, reference)
  ours.learn(actor, dovecot)
  dovecot.learn(actor, ours)
  return own.get('condition')!
}

/** Looks into every folder of both servers, compares what lies there, and takes it down as the next state. */
export async function look({ comparison, subject, parties }: Stage, known: Known, title: string): Promise<void> {
  const before = known.folders
  const folders = new Map<string, Folder>()
  const modSeqs = new Map<string, Record<Name, number>>()
  for (const name of folderNames) {
    const [own, reference] = await Promise.all([parties.ours.look(name), parties.dovecot.look(name)])
    comparison.mustAgree(subject, `${title}: ${name}`, ...([describe(own), describe(reference)] as const))
    if (own === undefined || reference === undefined) continue
    folders.set(name, own)
    modSeqs.set(name, { ours: highestOf(own), dovecot: highestOf(reference) })
  }
  known.folders = folders
  known.modSeqs.push(modSeqs)
  const ids = new Set([...before.values(), ...folders.values()].flatMap(({ messages }) => messages.map(({ id }) => id)))
  for (const id of ids)
    if (foldersWith(before, id).join() !== foldersWith(folders, id).join())
      known.moved.set(id, known.modSeqs.length - 1)
}

/** What there is to be agreed on; modification sequences are the server’s own. */
const describe = (folder: Folder | undefined): ReadonlyMap<string, string> =>
  new Map([
    ['exists', String(folder !== undefined)],
    ['UIDNEXT', String(folder?.uidNext)],
    ['messages', JSON.stringify(folder?.messages.map(({ modSeq: _, ...message }) => message) ?? null)],
  ])

const highestOf = ({ messages }: Folder): number =>
  messages.reduce((highest, { modSeq }) => Math.max(highest, modSeq), 0)

/** The names of the folders that show the message. */
export const foldersWith = (folders: Known['folders'], id: string): string[] =>
  [...folders].filter(([, { messages }]) => messages.some((message) => message.id === id)).map(([name]) => name)

/** Some messages of the folder that a connection has open, and how a command names them. */
export interface Chosen {
  readonly messages: readonly Lying[]
  readonly positions: readonly number[]
  readonly numbers: string
  readonly uids: string
}

/** Picks messages by a number and how many more follow; undefined where there is none. */
export function choose(known: Known, actor: number, picks: readonly (readonly [number, number])[]): Chosen | undefined {
  const messages = known.folders.get(known.open[actor]?.folder ?? '')?.messages ?? []
  if (messages.length === 0) return undefined
  const last = messages.length - 1
  const ranges = picks.map(
    ([from, more]) => [from % messages.length, Math.min(last, (from % messages.length) + more)] as const,
  )
  // A Dovecot of 2.3.19 breaks where a range to `*` overlaps another.
  const isLast = (index: number): boolean => index === last && ranges.length === 1
  const set = (numberOf: (index: number) => number): string =>
    ranges
      .map(([from, to]) => (from === to ? `${numberOf(from)}` : `${numberOf(from)}:${isLast(to) ? '*' : numberOf(to)}`))
      .join()
  const isIn = (index: number): boolean => ranges.some(([from, to]) => from <= index && index <= to)
  return {
    messages: messages.filter((_, index) => isIn(index)),
    positions: messages.flatMap((_, index) => (isIn(index) ? [index + 1] : [])),
    numbers: set((index) => index + 1),
    uids: set((index) => messages[index]!.uid),
  }
}
