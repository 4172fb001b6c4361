import { type Told, said } from '../../harness/hand-made.fixture.ts'
import { type Observed, asRules, rsRules } from '../../harness/model/observation.ts'
import type { VerdictWord } from '../../harness/model/verdict.ts'

export type Story = readonly [verdict: VerdictWord, what: string, ...told: readonly Told[]]

/** Every rule asked about, and one answer otherwise than it should be. */
const probed = (odd: Partial<Observed['as.probe']> = {}): readonly Told[] =>
  asRules.flatMap((rule) =>
    (['keeps', 'breaks'] as const).map((story) => {
      const granted = story === 'keeps'
      const right = { rule, story, answer: granted ? 'granted' : 'refused', status: granted ? 200 : 400 } as const
      const change = odd.rule === rule && odd.story === story ? odd : {}
      return said(0, 'google', 'as.probe', { ...right, cacheControl: 'no-store', ...change })
    }),
  )

type ImapProbe = Observed['rs.probe']
const uids = (...numbers: readonly number[]): readonly string[] =>
  numbers.map((uid, index) => `${index + 1} FETCH (UID ${uid})`)

/** Every rule of the IMAP server asked about, and one answer otherwise than it should be. */
const imapProbed = (odd: Partial<ImapProbe> = {}): readonly Told[] =>
  rsRules.flatMap((rule) =>
    (['control', 'rule'] as const).map((story) => {
      const refused = story === 'rule' && /^(?:base64|starttls)/.test(rule)
      const gone = story === 'control' && rule.startsWith('no-expunge') ? ['2 EXPUNGE'] : []
      const untagged = rule === 'uids-ascending' ? uids(1, 2, 7) : gone
      const right: ImapProbe = { rule, story, tagged: refused ? 'BAD' : 'OK', untagged }
      return said(0, 'mailbox', 'rs.probe', { ...right, ...(odd.rule === rule && odd.story === story ? odd : {}) })
    }),
  )

/** Stories for the checks of the mocks themselves. */
export const mockStories: Readonly<Record<string, readonly Story[]>> = {
  'mock/as-rules': [
    ['pass', 'every rule kept', ...probed()],
    ...asRules.flatMap((rule): readonly Story[] => [
      ['fail', `${rule} broken and granted`, ...probed({ rule, story: 'breaks', answer: 'granted', status: 200 })],
      ['fail', `${rule} kept and refused`, ...probed({ rule, story: 'keeps', answer: 'refused', status: 400 })],
    ]),
    ['fail', 'tokens that may be stored', ...probed({ rule: 'code-once', story: 'keeps', cacheControl: 'private' })],
    ['fail', 'tokens without a word', ...probed({ rule: 'code-once', story: 'keeps', cacheControl: null })],
    ['inconclusive', 'a rule that was not asked about', ...probed().slice(1)],
  ],
  'mock/rs-rules': [
    ['pass', 'every rule kept', ...imapProbed()],
    ...rsRules.flatMap((rule): readonly Story[] => [
      ['fail', `${rule}: no answer`, ...imapProbed({ rule, story: 'rule', tagged: null, untagged: [] })],
      ['fail', `${rule}: never at stake`, ...imapProbed({ rule, story: 'control', tagged: 'NO', untagged: [] })],
    ]),
    ...(['base64-strict', 'starttls-refused-inside-tls'] as const).map((rule): Story => [
      'fail',
      `${rule}: taken`,
      ...imapProbed({ rule, story: 'rule', tagged: 'OK' }),
    ]),
    ...(['fetch', 'store', 'search'] as const).map((verb): Story => {
      const rule = `no-expunge-during-${verb}` as const
      return ['fail', `${rule}: one is told`, ...imapProbed({ rule, story: 'rule', untagged: ['3 EXPUNGE'] })]
    }),
    ...[uids(3, 2, 1), uids(1, 1, 2), uids(1, 2)].map((untagged): Story => [
      'fail',
      `UIDs: ${untagged.join()}`,
      ...imapProbed({ rule: 'uids-ascending', story: 'rule', untagged }),
    ]),
    ['inconclusive', 'a rule that was not asked about', ...imapProbed().slice(1)],
  ],
}
