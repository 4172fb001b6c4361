import { each } from '../../harness/model/check.ts'
import { ownRule } from '../../harness/model/clause.ts'
import { type Finding, noted, satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { unlessMapped } from '../facts/profiles.ts'
import { valuesOf, writtenIn } from '../facts/settings.ts'
import { turnedRound, flagOf, isEndless, numberOf } from '../facts/words.ts'
import { configurationCheck } from './configuration-check.ts'

/** Steps 9 and 10, as settings show them: how much is asked of Google and Gmail. */

/** Suite policy: attempts at one request, and seconds before the second one. */
const mostAttempts = 6
const shortestDelay = 1

const retryJudges: Readonly<Record<string, (value: string, written: string) => Finding>> = {
  'retry.limit'(value) {
    if (isEndless(value) || (numberOf(value) ?? 0) > mostAttempts)
      return violated({ expected: `at most ${mostAttempts} attempts`, actual: value, replacement: `${mostAttempts}` })
    return numberOf(value) === undefined ? undecided(`retry.limit is no number: ${value}`) : satisfied()
  },
  'retry.delay'(value) {
    const seconds = numberOf(value)
    if (seconds === undefined) return undecided(`retry.delay is no number of seconds: ${value}`)
    return seconds < shortestDelay
      ? violated({ expected: 'a second or more', actual: value, replacement: `${shortestDelay}` })
      : satisfied()
  },
  'retry.jitter'(value, written) {
    const flag = flagOf(value)
    if (flag === undefined) return undecided(`retry.jitter is no flag: ${written}`)
    return flag ? satisfied() : violated(turnedRound('jitter', written))
  },
}
const retryNames = Object.keys(retryJudges)

export const backoffJitter = configurationCheck({
  id: 'refresh/backoff-jitter',
  title: 'Requests that failed are repeated a few times, later and later, at times that differ',
  step: 9,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule('Google names no schedule; without an end or a delay an outage becomes a storm'),
  inapplicable: unlessMapped(...retryNames),
  observes: each('config.value', 'setting of retries', ({ fields }) => retryNames.includes(fields.name)),
  counterexamples: ['retries-without-end', 'retries-at-once', 'retries-in-step'],
  consequence: 'After an outage every installation asks at the same moment, and Google answers 429 to all.',
  fix: 'At most 6 attempts, the first delay 1 s, each one twice as long, with a random part.',
  judge(told) {
    return retryJudges[told.fields.name]!(valuesOf(told)[0] ?? '', writtenIn(told))
  },
})

/** Gmail’s own limit per account (support.google.com/mail/answer/7126229), and what leaves room for a user’s other programs. */
const mostConnections = 15
const considerate = 10

export const connectionCap = configurationCheck({
  id: 'imap/conn-cap',
  title: 'An account is given at most 15 connections at a time',
  step: 10,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('Gmail allows 15 connections to an account, those of all programs together'),
  inapplicable: unlessMapped('imap.connections'),
  observes: each('config.value', 'limit of connections', ({ fields }) => fields.name === 'imap.connections'),
  counterexamples: ['fifty-connections'],
  consequence: 'Gmail refuses logins of this and of every other mail program of the user.',
  fix: 'Open at most 10 connections to an account at a time; read folders one after the other.',
  judge(told) {
    const [value = ''] = valuesOf(told)
    const count = isEndless(value) ? Infinity : numberOf(value)
    if (count === undefined) return undecided(`imap.connections is no number: ${value}`)
    // As captured, with 118 connections.
    const answer = 'NO [ALERT] Too many simultaneous connections. (Failure)'
    if (count > mostConnections)
      return violated({ expected: `at most ${mostConnections}`, actual: value, answer, replacement: `${considerate}` })
    return count > considerate
      ? noted(`${value} of Gmail’s ${mostConnections} connections leave few to the user’s other mail programs.`)
      : satisfied()
  },
})
