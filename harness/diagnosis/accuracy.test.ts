import { expect, test } from 'vitest'
import { diagnosed, idsOf } from './diagnosed.fixture.ts'
import type { Answers } from './model.ts'
import { planted } from './planted.fixture.ts'
import { wordings } from './wordings.fixture.ts'

const separated = [
  ...planted.filter(({ truth }) => truth === undefined),
  ...wordings.map(({ text, cause, answers = {} }) => ({ log: text, cause, answers })),
]
const ambiguous = planted.flatMap(({ truth, ...rest }) => (truth === undefined ? [] : [{ ...rest, truth }]))

const first = (log: string, answers: Answers): string | undefined => diagnosed(log, answers).flatMap(idsOf)[0]

test('where the evidence separates causes, the first is the planted one in at least 95 of 100 cases', () => {
  const missed = separated.filter(({ log, answers, cause }) => first(log, answers) !== cause)
  const share = 1 - missed.length / separated.length
  console.info(
    `why: ${separated.length - missed.length} of ${separated.length} planted causes first (${(share * 100).toFixed(1)} %)`,
  )
  expect(separated.length).toBeGreaterThanOrEqual(120)
  const told = missed.map(({ cause, log, answers }) => `${cause}, not ${first(log, answers)}: ${log}`)
  expect(share, told.join('\n')).toBeGreaterThanOrEqual(0.95)
})

test('where several causes fit, the planted one is among three, and the question that is asked finds it', () => {
  const missed = ambiguous.filter(({ log, answers, truth, cause }) => {
    const [newest] = diagnosed(log, answers)
    const question = newest?.question?.key
    if (newest === undefined || question === undefined || !idsOf(newest).slice(0, 3).includes(cause)) return true
    const told = truth[question]
    return told === undefined || first(log, { ...answers, [question]: told }) !== cause
  })
  const found = ambiguous.length - missed.length
  console.info(`why: ${found} of ${ambiguous.length} found by the first question`)
  expect(
    missed.map(({ cause, log, answers }) => [
      cause,
      log,
      answers,
      diagnosed(log, answers)[0]?.question?.key,
      diagnosed(log, answers).flatMap(idsOf).slice(0, 3),
    ]),
  ).toEqual([])
})

test('the cases name many causes, and most of the table', () => {
  expect(new Set(planted.map(({ cause }) => cause)).size).toBeGreaterThanOrEqual(70)
})
