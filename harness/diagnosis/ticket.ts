import type { ReadLog } from './log.ts'
import type { Answers, Diagnosis, Suspect } from './model.ts'
import { questionNamed } from './questions.ts'
import { reproductionOf } from './reproduction.ts'
import { cuts, titleOf } from './tell.ts'

/** What was found as Markdown, for whoever has to act on it. */
export function ticket(log: ReadLog, diagnoses: readonly Diagnosis[], answers: Answers): string {
  const known = Object.entries(answers).flatMap(([key, option]) => {
    const question = questionNamed(key)
    const says = question?.options.find((each) => each.key === option)?.says
    return question === undefined || says === undefined ? [] : [`- ${question.asks} **${says}**`]
  })
  return [
    ...diagnoses.flatMap((diagnosis, index) => [...(index > 0 ? [''] : []), ...section(diagnosis)]),
    ...(known.length === 0 ? [] : ['', '## Known', '', ...known]),
    ...cuts(log),
    '',
    'Tokens, codes, passwords and cookies were hidden and addresses shortened by `oauth-imap why`.',
  ].join('\n')
}

function section({ incident, suspects, settled, question }: Diagnosis): readonly string[] {
  const [top, ...others] = suspects.slice(0, 5)
  const fence = '```'
  return [
    `# ${top === undefined ? 'Unknown cause' : top.cause.title}`,
    '',
    `**Error:** ${titleOf(incident.signs)}${incident.count > 1 ? `, met ${incident.count} times` : ''}`,
    ...incident.decoded.flatMap((said) => ['', `**Decoded:** ${escaped(said)}`]),
    '',
    fence,
    ...incident.excerpt.map((line) => line.replaceAll('`', 'ˋ')),
    fence,
    ...(top === undefined ? [] : causeOf(top, settled)),
    ...(settled || others.length === 0
      ? []
      : [
          '',
          '## Other causes',
          '',
          ...others.map(({ cause, probability }) => `- ${cause.title} (${Math.round(probability * 100)} %)`),
        ]),
    ...(question === undefined
      ? []
      : [
          '',
          `## Open question`,
          '',
          `${question.asks} (${question.look})`,
          '',
          ...question.options.map(({ says }) => `- [ ] ${says}`),
        ]),
  ]
}

const causeOf = ({ cause, probability, ...evidence }: Suspect, settled: boolean): readonly string[] => [
  '',
  `## Cause${settled ? '' : ', most likely'}`,
  '',
  `${cause.title} (\`${cause.id}\`, ${Math.round(probability * 100)} %).`,
  '',
  ...evidence.for.map(({ says }) => `- for: ${says}`),
  ...evidence.against.map(({ says }) => `- against: ${says}`),
  '',
  '## To do',
  '',
  `- User: ${cause.user}`,
  `- Application: ${cause.application}`,
  `- Reproduce: ${reproductionOf(cause)}`,
  `- Source: ${cause.source}`,
]

/** No link, image or mention comes out of what a log held. */
const escaped = (text: string): string => text.replace(/[<>[\]@`*_|\\]/g, '\\$&')
