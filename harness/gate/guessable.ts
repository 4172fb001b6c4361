import type { SecretKind, SecretRef } from '../model/secret.ts'
import type { Secrets } from '../secrets.ts'

/** Sixteen letters in four groups: an app password, which nobody guesses. */
const appPassword = /^[a-z]{4}(?: ?[a-z]{4}){3}$/
const words = /^[A-Za-z]+(?:[-_. ][A-Za-z]+)*$/
/** Names that stand in every journal: what is left to be filled in, such as `your_client_secret`, holds them too. */
const names =
  /(?:client|app)[-_ ]?(?:secret|id)|(?:refresh|access|id)[-_ ]?token|private[-_ ]?key|password|googleusercontent/i

/** A private key in PEM is headed by its own name. */
const isPem = (text: string): boolean => text.includes('-----BEGIN ')

/** Whether a value is so plain that our own words could hold it, so that finding it somewhere would tell nothing. */
export const isGuessable = (text: string): boolean =>
  text.length < 12 || (words.test(text) && !appPassword.test(text)) || (names.test(text) && !isPem(text))

const refs = new WeakMap<Secrets, Map<string, SecretRef>>()

/** Secrets of files: a value that anybody guesses is referred to like every other, and is not searched for. */
export const secretsOfFiles = (secrets: Secrets): Secrets => ({
  ...secrets,
  learn: (kind, value) => (isGuessable(value) ? refer(secrets, kind, value) : secrets.learn(kind, value)),
})

/** Equal values of one registry share a reference here too. */
function refer(secrets: Secrets, kind: SecretKind, value: string): SecretRef {
  const known = refs.get(secrets) ?? new Map<string, SecretRef>()
  refs.set(secrets, known)
  const ref = known.get(value) ?? {
    ...{ ref: `guessable-${known.size + 1}`, kind, length: value.length },
    ...({ alphabet: 'any', entropy: 0 } as const),
  }
  known.set(value, ref)
  return ref
}
