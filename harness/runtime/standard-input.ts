import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
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

export interface Conversation {
  /** The next line; undefined once there is nobody left to type one. */
  ask(question: string): Promise<string | undefined>
  close(): void
}

/** Asks a person questions on standard error. What is pasted at once answers one question after the other. */
export function openConversation(input: Readable = process.stdin, output: Writable = process.stderr): Conversation {
  // The terminal edits lines itself, and Ctrl-C stays a signal.
  const readline = createInterface({ input, terminal: false })
  const typed: string[] = []
  let ended = false
  let wake = (): void => {}
  readline.on('line', (line) => {
    typed.push(line)
    wake()
  })
  readline.once('close', () => {
    ended = true
    wake()
  })
  return {
    async ask(question) {
      output.write(question)
      if (typed.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve))
      return typed.shift()
    },
    close: () => readline.close(),
  }
}
