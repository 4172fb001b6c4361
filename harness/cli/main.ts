import { openTerminal } from '../runtime/terminal.ts'
import { complain, runProgram } from './program.ts'

const { terminal, exit } = openTerminal()
// Whatever comes here escaped every catch; without this it would end as status 1, “does not conform”.
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.once(event, (error: unknown) => process.exit(complain(error, terminal)))
exit(await runProgram(process.argv.slice(2), terminal))
