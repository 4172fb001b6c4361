import { counterexamples } from '../../../fixtures/counterexamples/index.ts'
import { checksByStep as checks, judgedBy } from '../catalogue.ts'
import type { ExitCode, Invocation } from '../command.ts'

/** Lists every check, for people or as JSON. */
export async function run({ options, terminal }: Invocation): Promise<ExitCode> {
  if (options['json'] === true) {
    const listed = checks.map((check) => {
      const { id, step, level, requiredBy, clause, title, counterexamples: named } = check
      return {
        ...{ id, step, level, requiredBy, clause, title, judgedBy: judgedBy(check) },
        counterexamples: counterexamples.filter(({ name }) => named.includes(name)),
      }
    })
    terminal.print(JSON.stringify(listed, null, 2))
    return 0
  }
  const width = Math.max(...checks.map(({ id }) => id.length))
  for (const check of checks) {
    const { id, step, level, requiredBy, title } = check
    const commands = judgedBy(check).join(', ').padEnd(10)
    terminal.print(
      `${String(step).padStart(2)}  ${id.padEnd(width)}  ${level.padEnd(6)} ${requiredBy.padEnd(6)} ${commands}  ${title}`,
    )
  }
  return 0
}
