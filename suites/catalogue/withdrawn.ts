import type { Lens } from '../../harness/model/check.ts'
import { google } from '../../harness/model/clause.ts'
import { type Difference, satisfied, violated } from '../../harness/model/finding.ts'
import { type Journal, all, positionOf } from '../../harness/model/observation.ts'
import type { Position } from '../../harness/model/position.ts'
import { answers } from '../facts/answers.ts'
import { unlessSeen, valueIn } from '../facts/profiles.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 12: mechanisms that Google has withdrawn, or that stand in OAuth’s way. */

interface Mechanism {
  readonly at: Position
  readonly flaw: Difference | undefined
}

type Told = { readonly fields: { readonly name: string; readonly value: unknown; readonly profile: string } }

const loopback = /^https?:\/\/(?:127\.|localhost|\[::1\])/i
const mobile = ['android', 'ios', 'chrome-extension']

/** What is wrong with one setting; undefined where it is as it should be, null where it says nothing of mechanisms. */
const flaws: Readonly<Record<string, (value: string, runtime: string | undefined) => Difference | undefined | null>> = {
  approvalPrompt: (value) => ({ expected: 'prompt=consent', actual: `approval_prompt=${value}` }),
  responseType: (value) =>
    value === 'code' ? undefined : { expected: 'response_type=code', actual: value, replacement: 'code' },
  mechanisms(value) {
    const dead = /^XOAUTH$/i.test(value)
    const password = /^(?:PLAIN|LOGIN|PLAIN-CLIENTTOKEN|CRAM-MD5)$/i.test(value)
    if (!dead && !password) return undefined
    return {
      expected: 'XOAUTH2 or OAUTHBEARER',
      actual: dead ? `${value}, which is OAuth 1.0` : `${value}, which sends a password`,
    }
  },
  password: () => ({ expected: 'OAuth alone', actual: 'a password for IMAP beside it' }),
  redirectUri(value, runtime) {
    if (runtime === undefined || !mobile.includes(runtime)) return null
    const answer = answers.loopbackBlocked
    return loopback.test(value) ? { expected: `no loopback redirect on ${runtime}`, actual: value, answer } : undefined
  },
}

/** Several mechanisms may stand in one text; of a secret there is no word to see. */
function wordsOf(name: string, value: unknown): readonly string[] {
  if (Array.isArray(value)) return value as readonly string[]
  if (typeof value !== 'string') return ['']
  return name === 'mechanisms' ? value.split(/[\s,]+/) : [value]
}

function mechanism(told: Told, at: Position, journal: Journal): readonly Mechanism[] {
  const { name, value, profile } = told.fields
  const runtime = valueIn(journal, profile, 'runtime')
  return wordsOf(name, value)
    .map((word) => flaws[name]?.(word, runtime))
    .filter((flaw) => flaw !== null)
    .map((flaw) => ({ at, flaw }))
}

const observed: Lens<Mechanism> = {
  types: ['config.value'],
  names: 'mechanism in the settings',
  select: (journal) =>
    [
      ...all(journal, 'config.value').filter(({ fields: { name } }) => name in flaws && name !== 'mechanisms'),
      ...all(journal, 'config.item').filter(({ fields: { name } }) => name === 'mechanisms'),
    ].flatMap((told) =>
      mechanism(told, positionOf(told), journal).map((evidence) => ({ evidence, at: [evidence.at] })),
    ),
}

export const flowCurrent = configurationCheck({
  id: 'dep/flow-current',
  title: 'Nothing in the settings is a mechanism that Google withdrew or that goes round OAuth',
  step: 12,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('native-app', 'Loopback IP address'),
  quote: 'The loopback IP address redirect option is DEPRECATED for Android, Chrome app and iOS OAuth client types.',
  inapplicable: unlessSeen(observed, 'no profile maps mechanisms, responseType, approvalPrompt or password'),
  observes: observed,
  counterexamples: [
    'loopback-on-android',
    'approval-prompt',
    'implicit-flow',
    'mechanism-of-oauth-1',
    'password-beside-oauth',
  ],
  consequence:
    'Signing in works nowhere or only by a password, which Google switches off for accounts of organisations.',
  fix: 'Use the authorization code flow with the redirect of the platform, and XOAUTH2 or OAUTHBEARER alone.',
  judge({ at, flaw }) {
    return flaw === undefined ? satisfied(at) : violated(flaw, at)
  },
})
