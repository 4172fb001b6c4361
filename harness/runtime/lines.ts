/** Characters of one line that are kept: a program may print without ever ending a line. */
const longest = 1024 * 1024

/** Makes lines of octets as they come: UTF-8, each ended by LF or CRLF. What is beyond a mebicharacter of one is dropped. */
export function splitLines(onLine: (line: string) => void): { add(chunk: Uint8Array): void; end(): void } {
  const decoder = new TextDecoder()
  let open = ''
  const take = (text: string): void => {
    const [first = '', ...rest] = text.split('\n')
    open += first.slice(0, longest - open.length)
    for (const next of rest) {
      onLine(open.replace(/\r$/, ''))
      open = next.slice(0, longest)
    }
  }
  return {
    add: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end() {
      take(decoder.decode())
      if (open !== '') onLine(open)
      open = ''
    },
  }
}
