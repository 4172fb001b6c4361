import type { Counterexample } from '../../model/counterexample.ts'
import type { Scenario } from '../../model/scenario.ts'
import type { ExitCode, Invocation } from '../command.ts'
import { execute } from '../execute.ts'
import { listOption, seedOption, textOption } from '../options.ts'
import { catalogue, findCheck } from '../catalogue.ts'
import { story } from '../progress.ts'
import { broken, exampleConfiguration, findCounterexample, reference } from '../subjects.ts'
import { destinations, prepare } from '../write-reports.ts'

/** Plays the built-in example, whole or broken in one way, and tells it as a story. */
export async function run({ options, terminal }: Invocation): Promise<ExitCode> {
  const name = textOption(options, 'break')
  const counterexample = name === undefined ? undefined : findCounterexample(name)
  const directory = textOption(options, 'out') ?? 'conformance-report'
  const places = destinations(['json', 'html'], directory)
  await prepare(places)

  terminal.print(
    counterexample === undefined
      ? 'Playing the built-in example: consent, exchange, storage, login, expiry, refresh, revocation.'
      : `Playing the built-in example with one thing wrong: ${counterexample.flaw}`,
  )
  const code = await execute(
    {
      ...(counterexample === undefined
        ? { subject: reference, configuration: exampleConfiguration }
        : broken(counterexample)),
      selection: { only: listOption(options, 'only'), steps: [] },
      seed: seedOption(options) ?? 1,
      // A flaw is shown in red, whatever its level.
      strict: counterexample !== undefined,
    },
    places,
    terminal,
    story(terminal, scenarioOf(counterexample)),
  )
  if (code !== 0 || counterexample === undefined) return code
  terminal.complain(
    `oauth-imap: ${counterexample.name} failed nothing that was selected. It breaks ${counterexample.breaks}.`,
  )
  return 3
}

/** The whole life of a token, or the story in which the flaw shows. */
const scenarioOf = (counterexample: Counterexample | undefined): Scenario => {
  const id = counterexample === undefined ? 'lifecycle' : findCheck(counterexample.breaks).scenarios[0]
  return catalogue.scenarios.find((scenario) => scenario.id === id)!
}
