import type { Specimen } from '../../../fixtures/mailboxes/oracle/corpus.fixture.ts'
import type { Comparison } from './comparison.fixture.ts'
import { leavesOf } from './comparable.fixture.ts'
import { macros, plainItems, readingItems, sectionItems } from './fetch-items.fixture.ts'
import { type RawClient, fetchedIn } from './raw-client.fixture.ts'
import type { Value } from './response.fixture.ts'

export interface Pair {
  readonly ours: RawClient
  readonly dovecot: RawClient
}

/** Items of one command; servers bound the length of a line. */
const most = 60

/** Asks both servers for every item of every message that they hold in the same order. */
export async function compareFetch(comparison: Comparison, { ours, dovecot }: Pair, corpus: readonly Specimen[]) {
  for (const [index, { name }] of corpus.entries()) {
    const number = index + 1
    const [own, reference] = await Promise.all([ours, dovecot].map((client) => fetchItems(client, number, plainItems)))
    const sections = sectionItems([own!, reference!].map((items) => items.get('BODYSTRUCTURE') ?? null))
    const [everything, theirs] = await Promise.all([
      fetchEverything(ours, number, own!, sections),
      fetchEverything(dovecot, number, reference!, sections),
    ])
    comparison.compareAll(name, everything!, theirs!)
  }
}

async function fetchEverything(
  client: RawClient,
  number: number,
  plain: ReadonlyMap<string, Value>,
  sections: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const told = new Map<string, string>()
  const keep = (items: ReadonlyMap<string, Value>, prefix = ''): void => {
    for (const [item, value] of items) for (const [name, json] of leavesOf(item, value)) told.set(prefix + name, json)
  }
  keep(plain)
  for (const macro of macros) keep(await fetchItems(client, number, macro), `${macro}: `)
  for (let at = 0; at < sections.length; at += most)
    keep(await fetchItems(client, number, sections.slice(at, at + most)))
  keep(await fetchItems(client, number, readingItems), 'reading: ')
  keep(await fetchItems(client, number, ['FLAGS']), 'read: ')
  return told
}

/** The values by item; empty where the server refused. */
async function fetchItems(
  client: RawClient,
  number: number,
  items: string | readonly string[],
): Promise<ReadonlyMap<string, Value>> {
  const answer = await client.say(`FETCH ${number} ${typeof items === 'string' ? items : `(${items.join(' ')})`}`)
  if (answer.condition !== 'OK') return new Map([['refused', answer.condition]])
  return new Map(fetchedIn(answer).flatMap((fetched) => (fetched.number === number ? [...fetched.items] : [])))
}
