import { toldLive } from './excerpt-live.ts'
import {
  type Observation,
  type ObservationType,
  type Observed,
  type Parameters,
  type Value,
} from './model/observation.ts'
import { isSecretRef } from './model/secret.ts'

type Told<T extends ObservationType> = (fields: Readonly<Observed[T]>) => string

const value = (told: Value): string => (isSecretRef(told) ? `‹${told.ref}›` : told)
/** Whatever is not told in words of its own, secrets by their marks however deep they stand. */
const plain = (held: unknown): string =>
  typeof held === 'object'
    ? JSON.stringify(held, (_, member) => (isSecretRef(member) ? value(member) : member))
    : String(held)
const parameters = (list: Parameters): string => list.map(([name, told]) => `${name}=${value(told)}`).join(' ')

/** The observations that evidence cites most, as people write them; every other type is told field by field. */
const told: { readonly [T in ObservationType]?: Told<T> } = {
  ...toldLive,
  'http.request': ({ method, origin, path, query, form }) =>
    [method, origin + path, parameters(query), parameters(form ?? [])].filter((part) => part !== '').join(' '),
  'http.response': ({ status, error, description }) =>
    [status, error, description && `“${description}”`].filter((part) => part !== undefined).join(' '),
  'ua.callback.sent': ({ variant, parameters: sent, status }) =>
    `${variant} callback ${parameters(sent)} → ${status ?? 'no answer'}`,
  'imap.auth': ({ mechanism, message, result, refusal }) =>
    `AUTHENTICATE ${mechanism} ${message} → ${result}${refusal === undefined ? '' : ` (${refusal})`}`,
  'imap.cmd': ({ tag, verb, arguments: rest }) => `${tag} ${verb} ${rest}`.trim(),
  'imap.line.out': ({ line }) => line,
  'imap.challenge.reply': ({ mechanism, reply, text }) => `after the ${mechanism} challenge: ${reply} ${text}`.trim(),
  'imap.flags': ({ folder, uid, added, removed }) =>
    `${folder} UID ${uid} ${[...added.map((flag) => `+${flag}`), ...removed.map((flag) => `-${flag}`)].join(' ')}`,
  'subject.op.end': ({ act, outcome, reason }) => `${act.act} → ${outcome}${reason === undefined ? '' : `: ${reason}`}`,
  'fs.stat': ({ path, kind, mode }) => `${path} ${kind} ${mode}`,
  'fs.scan': ({ path, leaks }) =>
    `${path} holds ${leaks.map(({ ref, form }) => `‹${ref}› (${form})`).join(', ') || 'no secret'}`,
  'output.scan': ({ channel, leaks }) =>
    `${channel} holds ${leaks.map(({ ref, form }) => `‹${ref}› (${form})`).join(', ') || 'no secret'}`,
  'config.file': ({ file, line, column, kind, problem }) => `${file}:${line}:${column} ${problem ?? kind}`,
  'config.uri': ({ file, line, column, uri }) => `${file}:${line}:${column} ${uri}`,
  'config.value': ({ file, line, column, pointer, value: held }) =>
    `${file}:${line}:${column} ${pointer} = ${Array.isArray(held) ? held.join(' ') : value(held as Value)}`,
  'config.item': ({ file, line, column, pointer, value: held }) => `${file}:${line}:${column} ${pointer} = ${held}`,
  attestation: ({ file, line, column, name, value: held, checkedOn }) =>
    `${file}:${line}:${column} ${name} = ${held} (checked on ${checkedOn})`,
}

/** One line for people; pure. */
export function excerpt(observation: Observation): string {
  const tell = told[observation.type] as Told<ObservationType> | undefined
  if (tell !== undefined) return tell(observation.fields)
  const fields = Object.entries(observation.fields).map(
    ([name, held]) => `${name}=${isSecretRef(held) ? value(held) : plain(held)}`,
  )
  return `${observation.type} ${fields.join(' ')}`
}
