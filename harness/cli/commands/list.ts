import { counterexamples } from '../../../fixtures/counterexamples/index.ts'
import { catalogue } from '../catalogue.ts'
import type { ExitCode, Invocation } from '../command.ts'

/** Lists every check, for people or as JSON. */
export async function run({ options, terminal }: Invocation): Promise<ExitCode> {
  const { checks } = catalogue
  if (options['json'] === true) {
    const listed = checks.map(({ id, step, level, requiredBy, clause, title, counterexamples: named }) => ({
      id,
      step,
      level,
      requiredBy,
      clause,
      title,
      counterexamples: counterexamples.filter(({ name }) => named.includes(name)),
    }))
    terminal.print(JSON.stringify(listed, null, 2))
    return 0
  }
  const width = Math.max(...checks.map(({ id }) => id.length))
  for (const { id, step, level, requiredBy, title } of checks)
    terminal.print(
      `${String(step).padStart(2)}  ${id.padEnd(width)}  ${level.padEnd(6)} ${requiredBy.padEnd(6)}  ${title}`,
    )
  return 0
}
