import { counterexamples } from '../../../fixtures/counterexamples/index.ts'
import type { Time } from '../../model/capability.ts'
import { steps } from '../../model/step.ts'
import { findCheck, judgedBy } from '../catalogue.ts'
import type { ExitCode, Invocation } from '../command.ts'

/** Tells one check from the same object that judges. */
export async function run({ arguments: [id = ''], terminal }: Invocation): Promise<ExitCode> {
  const check = findCheck(id)
  const step = steps.find(({ number }) => number === check.step)!
  const isLive = judgedBy(check).includes('live')
  const who = check.requiredBy === 'suite' ? 'our own rule, not a standard’s' : check.requiredBy
  const lines = [
    `${check.id}: ${check.title}`,
    `Step ${step.number}, ${step.title}. ${check.level} (${who}).`,
    `Clause      ${check.clause.text}`,
    ...(check.requiredBy === 'suite' ? [] : [`            ${check.clause.url}`]),
    ...(check.quote === undefined ? [] : [`Says        “${check.quote}”`]),
    `Looks at    ${check.observes.names}`,
    `Judged by   ${judgedBy(check)
      .map((command) => `oauth-imap ${command}`)
      .join(', ')}`,
    isLive
      ? 'Played in   real time, at the real servers'
      : `Played in   ${check.scenarios.join(', ')}; ${timeOf(check.time)}`,
    ...(check.control === undefined ? [] : [`Control     ${check.control.title}`]),
    ...(check.undermines === undefined ? [] : [`Undermines  ${check.undermines.join(', ')}`]),
    `Without it  ${check.consequence}`,
    `Fix         ${check.fix}`,
    ...check.counterexamples.map((name) => {
      const { flaw } = counterexamples.find((counterexample) => counterexample.name === name)!
      return `Fails with  ${isLive ? name : `npx oauth-imap demo --break ${name}`}\n            ${flaw}`
    }),
  ]
  terminal.print(lines.join('\n'))
  return 0
}

const timeOf = (time: Time): string => {
  if (typeof time === 'object') return `up to ${time.real} real seconds`
  return time === 'virtual' ? 'simulated time' : 'no time passes'
}
