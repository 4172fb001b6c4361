import { causes } from './causes/index.ts'
import type { Answers, Bits, Cause, Diagnosis, Evidence, Incident, Question, Suspect } from './model.ts'
import { questionNamed, questions } from './questions.ts'
import { signNamed } from './signs/index.ts'

/** From this probability on the first is named without “or”. */
const clear = 0.75
/** A question is worth asking when an answer to it moves the first two apart by so much. */
const separating: Bits = 3

/**
 * Ranks what an error may come from. A cause is thought of when something in the log can be explained by it; signs and
 * answers then add bits, and probabilities follow from the sums.
 */
export function diagnose(incident: Incident, answers: Answers): Diagnosis {
  // Who was not reached has refused nothing.
  const unreached = incident.signs.some((sign) => signNamed(sign).area === 'network')
  const telling = incident.signs.filter((sign) => !unreached || signNamed(sign).area === 'network')
  const scored = causes
    .filter(({ explains }) => explains.some((sign) => telling.includes(sign)))
    .map((cause) => scoreOf(cause, incident, answers))
    .toSorted((a, b) => b.bits - a.bits)
  const most = scored[0]?.bits ?? 0
  const sum = scored.reduce((total, { bits }) => total + 2 ** (bits - most), 0)
  const suspects = scored.map(({ cause, bits, evidence }): Suspect => ({
    cause,
    probability: 2 ** (bits - most) / sum,
    for: strongest(evidence.filter((each) => each.bits > 0)),
    against: strongest(evidence.filter((each) => each.bits < 0)),
  }))
  const settled = (suspects[0]?.probability ?? 0) >= clear
  return {
    incident,
    suspects,
    settled,
    question: settled ? undefined : questionFor(suspects, answers),
  }
}

const strongest = (evidence: readonly Evidence[]): readonly Evidence[] =>
  evidence.toSorted((a, b) => Math.abs(b.bits) - Math.abs(a.bits))

function scoreOf(cause: Cause, incident: Incident, answers: Answers) {
  const seen = incident.signs.flatMap((id): readonly Evidence[] => {
    const bits = cause.signs?.[id] ?? 0
    // What makes the cause thought of is evidence for it, even where it weighs no more than for others.
    return bits !== 0 || cause.explains.includes(id)
      ? [{ says: `The log: ${signNamed(id).says}.`, bits: bits || 0.5 }]
      : []
  })
  const told = Object.entries(answers).flatMap(([key, option]): readonly Evidence[] => {
    const question = questionNamed(key)
    const bits = question === undefined ? 0 : bitsOf(cause, question, option)
    const says = question?.options.find((each) => each.key === option)?.says ?? option
    return Math.abs(bits) < 0.05 ? [] : [{ says: `${question!.asks} — ${says}.`, bits }]
  })
  const evidence = [...seen, ...told]
  const bits = evidence.reduce((total, each) => total + each.bits, cause.prior ?? 0)
  return { cause, bits, evidence }
}

/** What an answer weighs: how much likelier it is with this cause than if all answers were alike. */
function bitsOf(cause: Cause, question: Question, option: string): Bits {
  const chances = chancesOf(cause, question)
  const at = question.options.findIndex(({ key }) => key === option)
  return at === -1 ? 0 : Math.log2(chances[at]! * question.options.length)
}

/** How likely each answer is if this is the cause. */
function chancesOf({ answers }: Cause, { key, options, usual }: Question): readonly number[] {
  const weights = options.map((option) => 2 ** (answers?.[key]?.[option.key] ?? usual[option.key] ?? 0))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

/** Of the questions that tell the first two apart, the one that is expected to tell most about all. */
function questionFor(suspects: readonly Suspect[], answers: Answers): Question | undefined {
  const [first, second] = suspects
  if (first === undefined || second === undefined) return undefined
  const open = questions.filter(({ key }) => answers[key] === undefined)
  const useful = open.filter((question) =>
    question.options.some(
      ({ key }) => Math.abs(bitsOf(first.cause, question, key) - bitsOf(second.cause, question, key)) >= separating,
    ),
  )
  return useful.toSorted((a, b) => worthOf(b, suspects) - worthOf(a, suspects))[0]
}

/** Expected information about the cause, in bits. */
function worthOf(question: Question, suspects: readonly Suspect[]): number {
  const chances = suspects.map(({ cause }) => chancesOf(cause, question))
  const overall = question.options.map((_, at) =>
    suspects.reduce((total, { probability }, index) => total + probability * chances[index]![at]!, 0),
  )
  const entropy = (values: readonly number[]): number =>
    values.reduce((total, value) => total - (value > 0 ? value * Math.log2(value) : 0), 0)
  const within = suspects.reduce((total, { probability }, index) => total + probability * entropy(chances[index]!), 0)
  return entropy(overall) - within
}
