import { createInterface } from 'node:readline/promises'
import { splitLines } from './lines.ts'

/** Whether a person sits at both ends. */
export const isInteractive = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true

/** Reads standard input to its end, line by line; resolves with the octets that were read. */
export async function readStandardInput(onLine: (line: string) => void): Promise<number> {
  let octets = 0
  const lines = splitLines(onLine)
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    octets += chunk.length
    lines.add(chunk)
  }
  lines.end()
  return octets
}

/** Everything of standard input as UTF-8; undefined when there are more octets than `most`. */
export async function wholeStandardInput(most: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let octets = 0
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    octets += chunk.length
    if (octets > most) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Asks a person questions on standard error; an answer is undefined once there is nobody left to answer. */
export function openConversation(): { ask(question: string): Promise<string | undefined>; close(): void } {
  const readline = createInterface({ input: process.stdin, output: process.stderr })
  const closed = new Promise<undefined>((resolve) => readline.once('close', () => resolve(undefined)))
  return {
    ask: (question) => Promise.race([readline.question(question).catch(() => undefined), closed]),
    close: () => readline.close(),
  }
}
