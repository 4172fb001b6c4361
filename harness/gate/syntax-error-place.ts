/** ` (line 3, column 7)` as far as the runtime tells; never its message, which may quote the text around the error. */
export function syntaxErrorPlace(text: string, error: unknown): string {
  if (text.trim() === '') return ': it is empty'
  const message = error instanceof Error ? error.message : ''
  const told = /line (\d+) column (\d+)/.exec(message)
  if (told !== null) return ` (line ${told[1]}, column ${told[2]})`
  const position =
    /position (\d+)/.exec(message)?.[1] ?? (/end of (?:JSON )?input|EOF/i.test(message) ? text.length : null)
  if (position === null) return ''
  const before = text.slice(0, Number(position)).split('\n')
  return ` (line ${before.length}, column ${before.at(-1)!.length + 1})`
}
