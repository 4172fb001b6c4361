import type { ImapInlet, ServeImap } from '../../../harness/model/imap-carrier.ts'
import { latin1, octetsOf } from '../wire/command-stream.ts'

/** What a command was answered with. */
export interface Answer {
  readonly tagged: 'OK' | 'NO' | 'BAD' | null
  /** Without the leading `* `. */
  readonly untagged: readonly string[]
}

/** A client's end of a session. It asks for nothing that comes with a literal. */
export interface Probing {
  /** Sends a command, and the lines that it is asked for behind it. */
  say(command: string, ...more: readonly string[]): Answer | Promise<Answer>
}

/** One without a network. */
export class ProbingSession implements Probing {
  readonly #inlet: ImapInlet
  #output = ''
  #commands = 0

  constructor(serve: ServeImap) {
    this.#inlet = serve({
      write: (octets, sent) => {
        this.#output += latin1(octets)
        sent?.()
      },
      end() {},
    })
  }

  say(command: string, ...more: readonly string[]): Answer {
    this.#output = ''
    const tag = `p${++this.#commands}`
    this.#send(`${tag} ${command}`)
    for (const line of more) if (/^\+/m.test(this.#output)) this.#send(line)
    const lines = this.#output.split('\r\n')
    const [, tagged = null] = lines.map((line) => line.split(' ')).find(([first]) => first === tag) ?? []
    return {
      tagged: tagged as Answer['tagged'],
      untagged: lines.filter((line) => line.startsWith('* ')).map((line) => line.slice(2)),
    }
  }

  #send(line: string): void {
    this.#inlet.receive(octetsOf(`${line}\r\n`))
  }
}
