import { type Answer, type RawClient, fetchedIn } from './raw-client.fixture.ts'
import type { Server } from './servers.fixture.ts'
import { View, flagText } from './view.fixture.ts'

/** A message as it lies in a folder. */
export interface Lying {
  readonly id: string
  readonly uid: number
  readonly flags: string
  readonly octets: number
  readonly modSeq: number
}

/** A folder as a connection of its own finds it. */
export interface Folder {
  readonly uidNext: number
  readonly messages: readonly Lying[]
}

/** The numbers of the messages that FETCH responses are about, where the command was a FETCH. */
const aboutIn = (command: string, answer: Answer): string =>
  command.startsWith('FETCH') ? [...new Set(fetchedIn(answer).map(({ number }) => number))].join() : ''

/** A connection that acts, and what it knows of the mailbox that it has open. */
interface Actor {
  readonly client: RawClient
  readonly view: View
}

/** One server in a story: two connections that act, and one that looks. */
export class Party {
  readonly server: Server
  readonly #actors: readonly Actor[]
  readonly #observer: RawClient
  /** By folder; those of folders that are gone are kept. */
  readonly #uidValidities = new Map<string, Set<string>>()

  private constructor(server: Server, [observer, ...clients]: readonly RawClient[]) {
    this.server = server
    this.#observer = observer!
    this.#actors = clients.map((client) => ({ client, view: new View() }))
  }

  static async open(server: Server, account: string): Promise<Party> {
    const clients = await Promise.all([1, 2, 3].map(() => server.connect(account)))
    return new Party(server, clients)
  }

  end(): void {
    this.#observer.end()
    for (const { client } of this.#actors) client.end()
  }

  /** Says a command on one of the connections, and gives what its client then knows. */
  async say(actor: number, ...pieces: readonly (string | Uint8Array)[]): Promise<ReadonlyMap<string, string>> {
    const { client, view } = this.#actors[actor]!
    const command = String(pieces[0])
    if (/^(?:SELECT|EXAMINE) /.test(command)) view.reset()
    const answer = await client.say(...pieces)
    if (/^(?:CLOSE|UNSELECT)$/.test(command)) view.reset()
    view.hear(answer.untagged)
    return new Map([
      ['condition', answer.condition],
      ['code', this.#codeOf(answer)],
      ['told', view.toString()],
      ['about', aboutIn(command, answer)],
      ['status', answer.untagged.flatMap((line) => /^STATUS \S+ (.*)$/.exec(line)?.[1] ?? []).join()],
    ])
  }

  /** What was told to the other server’s client and not to this one’s is no difference a second time. */
  learn(actor: number, from: Party): void {
    this.#actors[actor]!.view.learn(from.#actors[actor]!.view)
  }

  forget(actor: number, numbers: readonly number[]): void {
    for (const number of numbers) this.#actors[actor]!.view.forget(number)
  }

  /** What lies in a folder; undefined when there is no such folder. */
  async look(folder: string): Promise<Folder | undefined> {
    const opened = await this.#observer.say(`EXAMINE ${folder} (CONDSTORE)`)
    if (opened.condition !== 'OK') return undefined
    const told = opened.untagged.join('\n')
    this.#remember(folder, /\[UIDVALIDITY (\d+)\]/.exec(told)![1]!)
    const uidNext = Number(/\[UIDNEXT (\d+)\]/.exec(told)![1])
    if (/^0 EXISTS/m.test(told)) return { uidNext, messages: [] }
    const items = '(UID FLAGS RFC822.SIZE MODSEQ BODY.PEEK[HEADER.FIELDS (Message-ID)])'
    const messages = fetchedIn(await this.#observer.say(`FETCH 1:* ${items}`)).map((fetched): Lying => {
      const atomOf = (item: string): number => Number((fetched.items.get(item) as { atom: string }).atom)
      return {
        id: String(fetched.items.get('BODY[HEADER.FIELDS (MESSAGE-ID)]')).trim(),
        uid: atomOf('UID'),
        flags: flagText(fetched.items.get('FLAGS')!),
        octets: atomOf('RFC822.SIZE'),
        modSeq: Number((fetched.items.get('MODSEQ') as readonly { atom: string }[])[0]!.atom),
      }
    })
    return { uidNext, messages }
  }

  #remember(folder: string, uidValidity: string): void {
    this.#uidValidities.set(folder, (this.#uidValidities.get(folder) ?? new Set()).add(uidValidity))
  }

  /** The response code without numbers that servers choose. MOVE may tell its own in an untagged response (RFC 6851). */
  #codeOf({ code, untagged }: Answer): string {
    const copied = untagged.flatMap((line) => /^OK \[(COPYUID [^\]]*)\]/.exec(line)?.[1] ?? [])
    return [code, ...copied]
      .filter((each) => each !== '')
      .map((each) =>
        each.replace(/^(COPYUID|APPENDUID) (\d+)/, (_, name: string, uid: string) => `${name} ${this.#nameOf(uid)}`),
      )
      .join(', ')
  }

  /** Numbers of UIDVALIDITY are the server's own: what counts is whose they are. */
  #nameOf(uidValidity: string): string {
    return [...this.#uidValidities].findLast(([, known]) => known.has(uidValidity))?.[0] ?? 'unknown'
  }
}
