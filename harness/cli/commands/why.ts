import { createLogReader, type ReadLog } from '../../diagnosis/log.ts'
import type { Answers, Diagnosis, Question } from '../../diagnosis/model.ts'
import { questionNamed, questions } from '../../diagnosis/questions.ts'
import { diagnose } from '../../diagnosis/rank.ts'
import { reproductionOf } from '../../diagnosis/reproduction.ts'
import { tell, titleOf } from '../../diagnosis/tell.ts'
import { ticket } from '../../diagnosis/ticket.ts'
import { Fault } from '../../model/fault.ts'
import type { Terminal } from '../../model/terminal.ts'
import { nearest } from '../../nearest.ts'
import { isInteractive, openConversation, readStandardInput } from '../../runtime/standard-input.ts'
import { converse } from '../why-conversation.ts'
import type { ExitCode, Invocation } from '../command.ts'
import { listOption } from '../options.ts'

/** Names what an error comes from: one on the command line, those of a log on standard input, or one that a person types. */
export async function run({ arguments: [error], options, terminal }: Invocation): Promise<ExitCode> {
  const answers = answersOf(listOption(options, 'answer'))
  const asJson = options['json'] === true
  const asTicket = options['ticket'] === true
  if (asJson && asTicket) throw new Fault('USAGE', '--json and --ticket do not go together.', 'Choose one.')
  if (error === undefined && isInteractive() && !asJson && !asTicket) return talk(answers, terminal)
  const log = error === undefined ? await readInput() : readText(error)
  const diagnoses = log.incidents.map((incident) => diagnose(incident, answers))
  if (asJson) terminal.print(JSON.stringify(plain(log, diagnoses), null, 2))
  else if (diagnoses.length === 0) terminal.print(nothing(log))
  else terminal.print(asTicket ? ticket(log, diagnoses, answers) : tell(log, diagnoses))
  return codeOf(diagnoses)
}

async function talk(answers: Answers, terminal: Terminal): Promise<ExitCode> {
  const conversation = openConversation()
  try {
    const { log, diagnoses } = await converse(answers, conversation.ask)
    terminal.print(diagnoses.length === 0 ? nothing(log) : tell(log, diagnoses))
    return codeOf(diagnoses)
  } finally {
    conversation.close()
  }
}

const codeOf = (diagnoses: readonly Diagnosis[]): ExitCode =>
  diagnoses.some(({ suspects }) => suspects.length > 0) ? 0 : 2

/** @throws Fault for a question or an answer that is none */
function answersOf(given: readonly string[]): Answers {
  return Object.fromEntries(
    given.map((answer) => {
      const at = answer.indexOf('=')
      const key = at === -1 ? answer : answer.slice(0, at)
      const question = questionNamed(key)
      if (question === undefined) {
        const meant = nearest(
          key.slice(0, 40),
          questions.map((each) => each.key),
        )
        throw new Fault('USAGE', '--answer takes KEY=VALUE, and there is no such question.', `Did you mean ${meant}?`)
      }
      return [key, answerOf(question, at === -1 ? '' : answer.slice(at + 1))]
    }),
  )
}

/** @throws Fault `USAGE` */
function answerOf({ key, options }: Question, value: string): string {
  const keys = options.map((option) => option.key)
  if (keys.includes(value)) return value
  throw new Fault(
    'USAGE',
    `--answer ${key} takes ${keys.join(', ')}.`,
    `Did you mean ${nearest(value.slice(0, 40), keys)}?`,
  )
}

function readText(text: string): ReadLog {
  const reader = createLogReader()
  for (const line of text.split(/\r?\n/)) reader.add(line)
  return reader.end()
}

async function readInput(): Promise<ReadLog> {
  const reader = createLogReader()
  await readStandardInput(reader.add)
  return reader.end()
}

/** What is missing when nothing was found. */
const nothing = ({ lines }: ReadLog): string =>
  [
    lines === 0 ? 'Nothing was read.' : `No error that we know in ${lines} ${lines === 1 ? 'line' : 'lines'}.`,
    '',
    'To name a cause we need one of these:',
    '  - the body of the token endpoint’s answer: {"error": …, "error_description": …}',
    '  - the address or the text of Google’s “Access blocked” page',
    '  - the tagged NO, BAD or BYE of IMAP, with the line that begins with “+ ” before it; of SMTP the 5xx line',
    '  - the exception of the library, with the message in it',
    '  - what the system says of name, connection or certificate',
    'Have the application log more, then: my-app 2>&1 | oauth-imap why',
  ].join('\n')

/** What a program reads: everything that a person is told. */
const plain = (log: ReadLog, diagnoses: readonly Diagnosis[]) => ({
  lines: log.lines,
  olderErrorsLeftOut: log.dropped,
  linesCut: log.cut,
  errors: diagnoses.map(({ incident, suspects, settled, question }) => ({
    error: titleOf(incident.signs),
    signs: incident.signs,
    decoded: incident.decoded,
    excerpt: incident.excerpt,
    firstLine: incident.first,
    lastLine: incident.last,
    count: incident.count,
    settled,
    causes: suspects.map(({ cause, probability, ...evidence }) => ({
      id: cause.id,
      title: cause.title,
      probability: Math.round(probability * 1000) / 1000,
      for: evidence.for,
      against: evidence.against,
      user: cause.user,
      application: cause.application,
      source: cause.source,
      preset: cause.preset,
      reproduction: reproductionOf(cause),
    })),
    question: question ?? null,
  })),
})
