import type { Secrets } from '../../secrets.ts'
import { plainText } from '../plain-text.ts'
import { mediaType } from '../foreign-answer.ts'

/** How a value is told in a look: a text as it is, all else as JSON, lists in order so that equal ones are equal texts. */
export const factOf = (value: unknown): string => {
  if (typeof value === 'string') return value
  return JSON.stringify(Array.isArray(value) ? inOrder(value) : value)
}

const inOrder = (values: readonly unknown[]): readonly unknown[] =>
  values.every((value) => typeof value === 'string') ? values.toSorted() : values

/** Each value once, in order. */
export const factOfSet = (values: Iterable<string>): string => JSON.stringify([...new Set(values)].toSorted())

/** Of header fields only what stays: the media type without parameters, cache directives without their numbers. */
export function factsOfHeaders(headers: Headers): Readonly<Record<string, string>> {
  const cacheControl = headers.get('cache-control')
  return {
    ...(headers.has('content-type') ? { 'content-type': mediaType(headers) } : {}),
    ...(cacheControl === null ? {} : { 'cache-control': factOfSet(directivesOf(cacheControl)) }),
  }
}

const directivesOf = (cacheControl: string): readonly string[] =>
  cacheControl
    .split(',')
    .map((directive) => directive.split('=')[0]!.trim().toLowerCase())
    .filter((name) => name !== '')

/** What a foreign server said, so that it can stand in a file that people read. */
export const plainFact = (said: string, secrets: Pick<Secrets, 'mask'>): string => plainText(said, secrets)
