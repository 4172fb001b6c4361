import { openTerminal } from '../runtime/terminal.ts'
import { runProgram } from './program.ts'

const { terminal, exit } = openTerminal()
exit(await runProgram(process.argv.slice(2), terminal))
