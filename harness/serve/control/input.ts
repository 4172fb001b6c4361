import * as v from 'valibot'
import type { WireRequest } from '../../../mocks/doors/http-observation.ts'
import { syntaxErrorPlace } from '../../gate/syntax-error-place.ts'
import { flawsOf } from './members.ts'
import { problem } from './problem.ts'
import type { Route } from './route.ts'

type Input = { readonly input: unknown } | { readonly refused: Response }

const json = 'application/json'

/** What a request brings: the parameters of its query, or the JSON of its content. */
export function readInput({ method, input }: Route, { headers, body }: WireRequest, query: URLSearchParams): Input {
  if (method === 'POST' ? query.size > 0 : body.length > 0)
    return { refused: problem(400, `Here ${method} takes no ${method === 'POST' ? 'query' : 'content'}.`) }
  const read = method === 'POST' ? readContent(headers, body) : { input: parametersOf(query) }
  if ('refused' in read) return read
  // Valibot takes a list for an object.
  if (Array.isArray(read.input)) return { refused: problem(422, 'expected an object, saw a list.') }
  const parsed = v.safeParse(input, read.input)
  if (parsed.success) return { input: parsed.output }
  const errors = flawsOf(parsed.issues)
  const told = errors.map(({ detail }) => detail).join('; ')
  return { refused: problem(422, told.endsWith('?') ? told : `${told}.`, { errors }) }
}

/** Repeated parameters become a list, which none of ours is. */
const parametersOf = (query: URLSearchParams): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name)
      return [name, values.length === 1 ? values[0] : values]
    }),
  )

/** No content is an object without members. */
function readContent(headers: WireRequest['headers'], body: Uint8Array): Input {
  if (body.length === 0) return { input: {} }
  const types = headers.filter(([name]) => name.toLowerCase() === 'content-type')
  const [type = ''] = types[0]?.[1].split(';') ?? []
  if (types.length !== 1 || type.trim().toLowerCase() !== json)
    // RFC 9110 §15.5.16
    return { refused: problem(415, `The content has to be ${json}, and to say so.`, { headers: { accept: json } }) }
  let text
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    return { refused: problem(400, 'The content is not UTF-8.') }
  }
  try {
    return { input: JSON.parse(text) }
  } catch (error) {
    return { refused: problem(400, `The content is not JSON${syntaxErrorPlace(text, error)}.`) }
  }
}
