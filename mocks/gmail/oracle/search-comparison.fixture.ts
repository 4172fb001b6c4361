import type { Comparison } from './comparison.fixture.ts'
import type { Pair } from './fetch-comparison.fixture.ts'
import type { Answer, RawClient } from './raw-client.fixture.ts'
import { type Query, extendedQueries, queries } from './search-queries.fixture.ts'

/** Asks both servers every query, by number and by UID. Where they find different messages, each of these differs. */
export async function compareSearch(comparison: Comparison, pair: Pair, names: readonly string[]): Promise<void> {
  for (const command of ['SEARCH', 'UID SEARCH'])
    for (const query of [...queries, ...extendedQueries]) {
      const item = `${command} ${describe(query)}`
      const [ours, dovecot] = await Promise.all([pair.ours, pair.dovecot].map((client) => ask(client, command, query)))
      const differing = differingIn(foundIn(ours!), foundIn(dovecot!))
      if (differing.length === 0) comparison.compare('corpus', item, meaningOf(ours!), meaningOf(dovecot!))
      for (const { number, found } of differing)
        comparison.compare(
          names[number - 1]!,
          item,
          ...((found ? ['found', 'not'] : ['not', 'found']) as [string, string]),
        )
    }
}

const describe = (query: Query): string =>
  query.map((piece) => (typeof piece === 'string' ? piece : JSON.stringify(piece[0]))).join('')

async function ask(client: RawClient, command: string, [first, ...rest]: Query): Promise<Answer> {
  const pieces = rest.map((piece) => (typeof piece === 'string' ? piece : octetsOf(piece[0])))
  const answer = await client.say(`${command} ${String(first)}`, ...pieces)
  // So many refusals in a row would end the session.
  if (answer.condition !== 'OK') await client.say('NOOP')
  return answer
}

const octetsOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

/** The numbers of a plain answer; null for any other. */
function foundIn({ condition, untagged }: Answer): readonly number[] | null {
  const numbers = untagged.flatMap((line) => /^SEARCH((?: \d+)*) ?$/.exec(line)?.[1] ?? [])
  return condition === 'OK' && numbers.length === 1 ? numbers[0]!.split(' ').slice(1).map(Number) : null
}

function differingIn(ours: readonly number[] | null, dovecot: readonly number[] | null) {
  if (ours === null || dovecot === null) return []
  return [
    ...ours.filter((number) => !dovecot.includes(number)).map((number) => ({ number, found: true })),
    ...dovecot.filter((number) => !ours.includes(number)).map((number) => ({ number, found: false })),
  ]
}

/** How it ended, and what an ESEARCH response tells, in any order (RFC 4466 §2.6.2). */
function meaningOf({ condition, code, untagged }: Answer): string {
  const extended = untagged.flatMap((line) => /^ESEARCH \(TAG "\w+"\)( UID)?(.*)$/.exec(line)?.slice(1) ?? [])
  const items = (extended[1] ?? '').match(/[A-Z]+ \S+/g) ?? []
  return [condition, code.split(' ')[0], extended[0] ?? '', ...items.toSorted()].join(' ').trim()
}
