import { type Step, steps } from '../../model/step.ts'
import { catalogue } from '../catalogue.ts'
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

const told = ({ number, title, about, goesWrong }: Step): string =>
  [
    `${number}. ${title}`,
    about,
    `What goes wrong: ${goesWrong}`,
    ...catalogue.checks.filter(({ step }) => step === number).map(({ id, title: of }) => `  ${id}  ${of}`),
    `Next: npx oauth-imap run --step ${number}`,
  ].join('\n')
