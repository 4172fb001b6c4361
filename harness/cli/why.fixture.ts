import { run } from './commands/why.ts'

interface Told {
  readonly code: number
  readonly printed: string
}

/** What `oauth-imap why TEXT` ends with and prints. */
export async function why(
  text: string,
  options: Readonly<Record<string, boolean | readonly string[]>> = {},
): Promise<Told> {
  const lines: string[] = []
  const terminal = { print: (line: string) => void lines.push(line), complain: () => {}, colour: false, unicode: true }
  const code = await run({ arguments: [text], options, terminal })
  return { code, printed: lines.join('\n') }
}
