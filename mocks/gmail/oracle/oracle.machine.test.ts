import { afterAll, beforeAll, expect, test } from 'vitest'
import { corpus } from '../../../fixtures/mailboxes/oracle/corpus.fixture.ts'
import { Comparison } from './comparison.fixture.ts'
import { explanations } from './explanations.fixture.ts'
import { type Pair, compareFetch } from './fetch-comparison.fixture.ts'
import { openFilled } from './mailbox.fixture.ts'
import { compareSearch } from './search-comparison.fixture.ts'
import { type Server, openDovecot, openOurs } from './servers.fixture.ts'
import { playStories } from './stories.fixture.ts'

/** Our Gmail against a Dovecot that nobody here wrote: what differs has a row that says why, or is a bug of ours. */
const comparison = new Comparison(explanations)
let servers: { readonly ours: Server; readonly dovecot: Server }
let pair: Pair

beforeAll(async () => {
  servers = { ours: await openOurs(), dovecot: await openDovecot() }
  pair = { ours: await openFilled(servers.ours, corpus), dovecot: await openFilled(servers.dovecot, corpus) }
})
afterAll(async () => {
  for (const server of Object.values(servers ?? {})) await server[Symbol.asyncDispose]()
})

test('the corpus is large, and no two messages of it are alike', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(60)
  expect(new Set(corpus.map(({ octets }) => octets.join())).size).toBe(corpus.length)
})

test('SEARCH finds the same messages', () =>
  compareSearch(
    comparison,
    pair,
    corpus.map(({ name }) => name),
  ))

test('FETCH tells the same of every message', () => compareFetch(comparison, pair, corpus))

test('two connections that work in one account leave the same behind, and hear the same of each other', () =>
  playStories(comparison, servers))

test('what differs is explained, and what is explained still differs', () => {
  const { summary, unexplained, miscounted } = comparison.result()
  process.stdout.write(`${summary}\n`)
  expect(unexplained.slice(0, 20)).toEqual([])
  expect(miscounted).toEqual([])
})
