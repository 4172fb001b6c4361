import { readFile } from 'node:fs/promises'
import type { Report } from '../model/report.ts'
import type { Ready } from '../serve/serving.ts'
import { type Ended, start } from './program.fixture.ts'
import { control } from './serve.fixture.ts'

/** How the person in front of the browser behaves; `leave`: nobody answers. */
export type Person = 'grant' | 'deny' | 'leave'

export interface LivePlay {
  readonly ready: Ready
  /** Where the program runs. */
  readonly folder: string
  readonly account?: string
  readonly person?: Person
  /** Who sits before the browser; the account that is asked for unless told. */
  readonly signedIn?: string
  /** Which of the scopes that may be unticked stay ticked. */
  readonly scopes?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export interface LiveEnded extends Ended {
  /** What was written; undefined where nothing was. */
  readonly report: Report | undefined
}

const authorizationUrl = /https:\/\/accounts\.google\.com\/o\/oauth2\/v2\/auth\?\S+/

/** Runs the command as a person does, in the environment that `serve` prints, and answers the consent screen. */
export async function playLive(args: readonly string[], play: LivePlay): Promise<LiveEnded> {
  const { ready, folder, account = 'alice@example.com', person = 'grant', env = {} } = play
  const common = ['live', '--client', ready.client.file, '--vault', `${folder}/vault`, '--no-browser']
  const named = args.includes('--accounts') ? [] : ['--account', account]
  const running = start([...common, ...named, ...args], folder, { env: { ...ready.env, ...env } })
  let said = ''
  running.child.stderr!.on('data', (text: string) => {
    const [before, url] = [authorizationUrl.test(said), authorizationUrl.exec((said += text))?.[0]]
    // The line may come in pieces.
    if (!before && url !== undefined && said.slice(said.indexOf(url)).includes('\n') && person !== 'leave')
      void answer(url, { ...play, account, person })
  })
  const ended = await running.ended
  const text = await readFile(`${folder}/conformance-report/report.json`, 'utf8').catch(() => undefined)
  return { ...ended, report: text === undefined ? undefined : (JSON.parse(text) as Report) }
}

async function answer(
  url: string,
  { ready, account, signedIn, person, scopes }: LivePlay & { readonly person: Person },
): Promise<void> {
  const asked = { url, account: signedIn ?? account, decision: person, ...(scopes === undefined ? {} : { scopes }) }
  const { location } = (await (await control(ready, '/consent', asked)).json()) as { readonly location?: string }
  // Whoever was asked may be gone by now.
  if (location !== undefined) await fetch(location).catch(() => {})
}
