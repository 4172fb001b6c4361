import type { CredentialKind } from '../../model/configuration.ts'

export type PlainCredential = Exclude<CredentialKind, 'installed-client-secret' | 'web-client-secret'>

/** A credential in a text. Offsets in UTF-16 code units. */
export interface FoundCredential {
  readonly credential: PlainCredential
  readonly offset: number
  readonly value: string
}

type Pattern = readonly [PlainCredential, RegExp]

/**
 * Google’s own forms (google-facts 3.1, 7.4). Before and after stands nothing that could be a part of something longer, such
 * as a checksum in base64. The value is what the group `value` holds.
 */
const patterns: readonly Pattern[] = [
  ['client-secret', /(?<![\w-])(?<value>GOCSPX-[A-Za-z0-9_-]{24,40})(?![\w-])/g],
  [
    'client-secret',
    /client[_-]?secret\\?["']?\s{0,8}(?::|=>?|,)\s{0,8}\\?["']?(?<value>[A-Za-z0-9_-]{24})(?![\w.(/+=-])/gi,
  ],
  ['refresh-token', /(?<![\w/+.\\-])(?<value>1(?:\/\/|\\\/\\\/)0[A-Za-z0-9_-]{30,510})(?![\w/+=-])/g],
  ['access-token', /(?<![\w/+.-])(?<value>ya29\.[A-Za-z0-9_.-]{40,2040})(?![\w/+=-])/g],
]

/**
 * Published by Google as examples, and copied into many programs: the token in
 * https://developers.google.com/workspace/gmail/imap/xoauth2-protocol, the secret in google/gmail-oauth2-tools,
 * python/oauth2.py.
 */
const published = /^(?:ya29\.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg|VWFn8LIKAMC-)/

const placeholder = /(.)\1{3}|your|placeholder|replace|change.?me|redacted|insert|secret.?here|x{3}/i

/** Three words or more, each in one case: chance does not write so. */
const words = /^(?:[A-Z]?[a-z]+|[A-Z]+)(?:[-_](?:[A-Z]?[a-z]+|[A-Z]+)){2,}$/

/** Whether a value of the right form was made by a machine and not typed by a person for others to replace. */
function isReal(credential: PlainCredential, value: string, text: string): boolean {
  const body = value.replace(/^(?:GOCSPX-|ya29\.|1\/\/0|1\\\/\\\/0)/, '')
  if (placeholder.test(body) || words.test(body) || published.test(value) || new Set(body).size < 10) return false
  if (!/[a-z]/.test(body) || !/[A-Z]/.test(body)) return false
  // A secret without a prefix could be anybody’s, and a name in a program.
  const bare = credential === 'client-secret' && !value.startsWith('GOCSPX-')
  return !bare || (/\d/.test(body) && /google/i.test(text))
}

/** Around a trace, this much is read with care: a service account’s key of 4096 bits has 3300 characters. */
const before = 512
const after = 8192

const trace = /GOCSPX-|ya29\.|1(?:\/\/|\\\/\\\/)0|PRIVATE KEY-----|client[_-]?secret/gi

/** Parts of a text with traces in them: what is between can be long, and holds nothing. */
function* parts(text: string): Generator<{ readonly from: number; readonly to: number }> {
  let open: { from: number; to: number } | undefined
  for (const { index } of text.matchAll(trace)) {
    const from = Math.max(0, index - before)
    const to = Math.min(text.length, index + after)
    if (open !== undefined && from <= open.to) open.to = to
    else {
      if (open !== undefined) yield open
      open = { from, to }
    }
  }
  if (open !== undefined) yield open
}

/** Whether anything in a text has the form of a credential; without the care of those who tell real ones. */
export const hasCredentialForm = (text: string): boolean =>
  text.includes('PRIVATE KEY-----') || patterns.some(([, pattern]) => text.search(pattern) !== -1)

/** Finds credentials of Google’s in a text, in order. secretlint is loaded at the first text that could hold one. */
export async function findCredentials(path: string, text: string): Promise<readonly FoundCredential[]> {
  const found: FoundCredential[] = []
  for (const { from, to } of parts(text)) {
    const part = text.slice(from, to)
    if (!hasCredentialForm(part)) continue
    for (const { credential, offset, length } of await lint(path, part)) {
      const value = part.slice(offset, offset + length)
      if (credential === 'service-account-key' ? isServiceAccount(path, text) : isReal(credential, value, text))
        found.push({ credential, offset: from + offset, value })
    }
  }
  return found.toSorted((a, b) => a.offset - b.offset)
}

/** Other keys are no concern of Google’s. */
const isServiceAccount = (path: string, text: string): boolean =>
  /service_account|gserviceaccount\.com/.test(text) || /service[-_]?account/i.test(path)

interface Linted {
  readonly credential: PlainCredential
  readonly offset: number
  readonly length: number
}

async function lint(path: string, content: string): Promise<readonly Linted[]> {
  const { lintSource, rules } = await secretlint()
  const { messages } = await lintSource({
    source: { filePath: path, content, ext: '', contentType: 'text' },
    options: { config: { rules }, noPhysicFilePath: true },
  })
  return messages.map(({ messageId, range: [start, end] }) => ({
    credential: messageId === 'PrivateKey' ? 'service-account-key' : (messageId as PlainCredential),
    offset: start,
    length: end - start,
  }))
}

/** A rule, as against a preset of several. */
interface Named {
  readonly messages: unknown
}

let loaded: ReturnType<typeof load> | undefined
const secretlint = (): ReturnType<typeof load> => (loaded ??= load())

/** Its rule for private keys tells real ones from placeholders; for what Google issues to clients there is none, so we add one. */
async function load() {
  const [{ lintSource }, { creator: privateKey }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-privatekey'),
  ])
  type Rule = Extract<Parameters<typeof lintSource>[0]['options']['config']['rules'][number]['rule'], Named>
  const google: Rule = {
    messages: Object.fromEntries(patterns.map(([credential]) => [credential, { en: () => credential }])),
    meta: { id: 'google-credentials', recommended: true, type: 'scanner', supportedContentTypes: ['text'] },
    create: (context) => {
      const tell = context.createTranslator(google.messages)
      return {
        file({ content }) {
          for (const [credential, pattern] of patterns)
            for (const match of content.matchAll(pattern)) {
              const value = match.groups!['value']!
              const start = match.index + match[0].indexOf(value)
              context.report({ message: tell(credential, {}), range: [start, start + value.length] })
            }
        },
      }
    },
  }
  const rules = [
    { id: 'google-credentials', rule: google },
    { id: '@secretlint/secretlint-rule-privatekey', rule: privateKey },
  ]
  return { lintSource, rules }
}
