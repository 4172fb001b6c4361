import type { Check } from '../../model/check.ts'
import { type Step, steps } from '../../model/step.ts'
import { checksByStep, judgedBy } from '../catalogue.ts'
import type { ExitCode, Invocation } from '../command.ts'
import { wholeNumber } from '../options.ts'

/** Tells the twelve steps, or one of them with its checks. */
export async function run({ arguments: [asked], terminal }: Invocation): Promise<ExitCode> {
  const number = asked === undefined ? undefined : wholeNumber('step', asked, { from: 1, to: 12 })
  for (const step of steps) {
    if (number === undefined) terminal.print(`${String(step.number).padStart(2)}  ${step.title}\n    ${step.about}`)
    else if (number === step.number) terminal.print(told(step))
  }
  return 0
}

function told({ number, title, about, goesWrong }: Step): string {
  const checks = checksByStep.filter(({ step }) => step === number)
  const isLive = (check: Check): boolean => judgedBy(check).includes('live')
  return [
    `${number}. ${title}`,
    about,
    `What goes wrong: ${goesWrong}`,
    ...checks.map((check) => `  ${check.id}  ${check.title}${isLive(check) ? ' (live)' : ''}`),
    `Next: npx oauth-imap run --step ${number}`,
    ...(checks.some(isLive) ? [`Live: npx oauth-imap live --step ${number} --client FILE --account ADDRESS`] : []),
  ].join('\n')
}
