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

/** ` (line 3)` of a module that does not load, from wherever the runtime tells it: Bun in a member, the others in a text. */
export function moduleErrorPlace(file: string, error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  const { position, message, stack } = error as Readonly<Record<string, unknown>>
  const own = (position as { readonly line?: unknown } | null | undefined)?.line
  const texts = `${String(message)}\n${String(stack)}`
  const name = file.slice(file.lastIndexOf('/') + 1)
  const line = typeof own === 'number' ? own : texts.split(`${name}:`)[1]?.match(/^\d+/)?.[0]
  return line === undefined ? '' : ` (line ${line})`
}
