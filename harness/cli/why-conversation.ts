import { createLogReader, type ReadLog } from '../diagnosis/log.ts'
import type { Answers, Diagnosis, Question } from '../diagnosis/model.ts'
import { questions } from '../diagnosis/questions.ts'
import { diagnose } from '../diagnosis/rank.ts'

/** Undefined once there is nobody left to answer. */
type Ask = (question: string) => Promise<string | undefined>

/** Asks for the error, then for what separates its causes, until one is clear or nobody answers. */
export async function converse(
  given: Answers,
  ask: Ask,
): Promise<{ readonly log: ReadLog; readonly diagnoses: readonly Diagnosis[] }> {
  const log = await readError(ask)
  const [newest, ...older] = log.incidents
  if (newest === undefined) return { log, diagnoses: [] }
  let answers = given
  let diagnosis = diagnose(newest, answers)
  // No question is asked twice: each answer closes one.
  for (const _ of questions) {
    const answer = diagnosis.question && (await answerTo(diagnosis.question, ask))
    if (answer === undefined) break
    answers = { ...answers, [diagnosis.question!.key]: answer }
    diagnosis = diagnose(newest, answers)
  }
  return { log, diagnoses: [diagnosis, ...older.map((incident) => diagnose(incident, answers))] }
}

async function readError(ask: Ask): Promise<ReadLog> {
  const reader = createLogReader()
  let prompt = 'Paste the error or the log, then an empty line:\n'
  for (;;) {
    const line = await ask(prompt)
    if (line === undefined || line.trim() === '') return reader.end()
    reader.add(line)
    prompt = ''
  }
}

/** The key of the option that a person chose by its number; undefined for anything else. */
async function answerTo({ asks, look, options }: Question, ask: Ask): Promise<string | undefined> {
  const choices = options.map(({ says }, index) => `  ${index + 1}  ${says}`)
  const typed = await ask(['', asks, `(${look})`, ...choices, 'Number, or nothing if you do not know: '].join('\n'))
  return options[Number(typed?.trim()) - 1]?.key
}
