import type { Random } from '../../harness/random.ts'
import type { FuzzCommand } from './fuzz-grammar.fixture.ts'
import { spoiledOctets } from './fuzz-octets.fixture.ts'
import { alice, connect, exampleMessages, goodToken, openTestWorld, xoauth2Of } from './gmail.fixture.ts'

const messages = exampleMessages()
/** Streams that one world lives through, which makes them find what others left, and saves its opening. */
const streamsOfOneWorld = 100

type Client = ReturnType<typeof connect>
const login = `l AUTHENTICATE XOAUTH2 ${xoauth2Of(alice, goodToken)}`

/**
 * Plays streams one after the other and says what the server did wrong; undefined when all is well. That each stream
 * begins with a login and SELECT proves that the one before it left a server which serves.
 */
export function createFuzzer() {
  let streams = 0
  let world = openTestWorld(messages)
  /** A fresh session with INBOX selected and the number of its messages, or what went wrong. */
  const served = (): { client: Client; exists: number } | string => {
    const client = connect(world.gmail)
    const answers = `${client.say(login).at(-1)} ${client.say('s SELECT INBOX').join(' ')}`
    const [, exists] = /^l OK .* (\d+) EXISTS .* s OK \[READ-WRITE\]/.exec(answers) ?? []
    return exists === undefined ? `a fresh session heard ${answers}` : { client, exists: Number(exists) }
  }
  const play = (loggedIn: boolean, talk: (client: Client, exists: number) => string | undefined) => {
    if (streams++ % streamsOfOneWorld === 0) world = openTestWorld(messages)
    const before = served()
    if (typeof before === 'string') return before
    const client = loggedIn ? before.client : connect(world.gmail)
    const problem = talk(client, loggedIn ? before.exists : 0)
    for (const each of new Set([client, before.client])) each.inlet.closed()
    return problem
  }
  return {
    octets: (random: Random): string | undefined =>
      play(random.integer(4) > 0, (client) => {
        for (const piece of spoiledOctets(random)) client.inlet.receive(piece)
        return undefined
      }),
    commands: ({ loggedIn, commands }: { loggedIn: boolean; commands: readonly FuzzCommand[] }): string | undefined =>
      play(loggedIn, (client, exists) => {
        const listener = new Listener(exists)
        for (const [index, tokens] of commands.entries()) {
          const problem = converse(client, listener, `t${index}`, tokens)
          if (problem !== undefined || client.ended) return problem
        }
        return undefined
      }),
    /** Whether the last stream, too, left a server that serves. */
    end(): string | undefined {
      const last = served()
      return typeof last === 'string' ? last : undefined
    },
  }
}

/** Sends one command as a client does that waits for `+`, and hears its answer. */
function converse(client: Client, listener: Listener, tag: string, tokens: FuzzCommand): string | undefined {
  let output = ''
  let pending = `${tag} `
  const isOver = (): boolean => client.ended || new RegExp(`^${tag} (OK|NO|BAD) `, 'm').test(output)
  for (const token of tokens) {
    if (typeof token === 'string') pending += token
    else {
      output += client.send(`${pending}{${token.literal.length}${token.synchronizing ? '' : '+'}}\r\n`)
      if (token.synchronizing && isOver()) return listener.hear(output, tag, tokens, client.ended)
      pending = token.literal
    }
  }
  output += client.send(`${pending}\r\n`)
  // IDLE and AUTHENTICATE wait for one more line.
  if (!isOver() && /^\+/m.test(output)) output += client.send('DONE\r\n')
  return listener.hear(output, tag, tokens, client.ended)
}

/** Reads what the server says as strictly as the RFC lets a client do. */
class Listener {
  #exists: number

  constructor(exists: number) {
    this.#exists = exists
  }

  hear(output: string, tag: string, tokens: FuzzCommand, ended: boolean): string | undefined {
    const verb = tokens.map((token) => (typeof token === 'string' ? token : '')).join('')
    const said = (problem: string): string =>
      `${problem}\nafter ${JSON.stringify(tokens)}\nin ${JSON.stringify(output.slice(0, 2000))}`
    const lines = responsesIn(output)
    if (lines === undefined) return said('a response does not end')
    const tagged = lines.filter((line) => line.startsWith(`${tag} `))
    const bye = lines.some((line) => line.startsWith('* BYE '))
    if (tagged.length > 1 || (tagged.length === 0 && !bye)) return said(`${tagged.length} tagged answers`)
    if (ended !== bye) return said(ended ? 'an end without BYE' : 'a BYE without end')
    const stranger = lines.find((line) => !/^(\* |\+( |$)|\S+ (OK|NO|BAD) )/.test(line) || /[\0\r\n]/.test(line))
    if (stranger !== undefined) return said(`no response: ${JSON.stringify(stranger)}`)
    const problem = lines.map((line) => this.#follow(line, verb)).find((found) => found !== undefined)
    return problem === undefined ? undefined : said(problem)
  }

  /** RFC 3501 §5.2, §7.4.1: numbers are those of the messages that the client knows of. */
  #follow(line: string, verb: string): string | undefined {
    const [, count, what] = /^\* (\d+) (EXISTS|EXPUNGE|FETCH)/.exec(line) ?? []
    const number = Number(count)
    if (/ OK \[READ-(ONLY|WRITE)\]/.test(line) || what === undefined) return undefined
    if (what === 'EXISTS') {
      const selects = /^(SELECT|EXAMINE) /i.test(verb)
      if (number < this.#exists && !selects) return `EXISTS fell from ${this.#exists} to ${number}`
      this.#exists = number
    } else if (number < 1 || number > this.#exists) return `${what} of ${number}, of ${this.#exists}`
    else if (what === 'EXPUNGE') {
      if (/^(FETCH|STORE|SEARCH) /i.test(verb)) return 'EXPUNGE during FETCH, STORE or SEARCH'
      this.#exists -= 1
    }
    return undefined
  }
}

/** Lines of a server, each with its literals as marks; undefined when the last one does not end. */
function responsesIn(output: string): string[] | undefined {
  const lines: string[] = []
  let line = ''
  for (let at = 0; at < output.length;) {
    const end = output.indexOf('\r\n', at)
    if (end < 0) return undefined
    line += output.slice(at, end)
    const [, size] = /\{(\d+)\}$/.exec(line) ?? []
    at = end + 2
    if (size === undefined) {
      lines.push(line)
      line = ''
    } else {
      line = `${line.replace(/\{\d+\}$/, '')}‹${size}›`
      at += Number(size)
    }
  }
  return line === '' ? lines : undefined
}
