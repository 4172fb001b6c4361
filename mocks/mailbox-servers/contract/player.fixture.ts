import { alice, epoch, goodToken, oauthbearerOf, tokenLifetime, tokens, xoauth2Of } from '../../gmail/gmail.fixture.ts'
import { arrival } from './mail.fixture.ts'
import type { Row } from './row.fixture.ts'
import type { ContractServer, World } from './servers.fixture.ts'
import type { Step } from './story.fixture.ts'
import { StorySession } from './story-session.fixture.ts'

const expired = Object.keys(tokens).find((token) => tokens[token]!.status === 'expired')!

/** What stands in braces in a story. */
const credentials: Readonly<Record<string, string>> = {
  '{xoauth2}': xoauth2Of(alice, goodToken),
  '{oauthbearer}': oauthbearerOf(alice, goodToken),
  '{expired xoauth2}': xoauth2Of(alice, expired),
  '{expired oauthbearer}': oauthbearerOf(alice, expired),
}

const acts: Readonly<Record<string, (world: World) => void>> = {
  'a message arrives': ({ gmail }) => gmail.deliver(alice, arrival),
  'the token expires': ({ clock }) => clock.set(epoch + tokenLifetime),
}

/**
 * Plays a story in a world of its own.
 *
 * @param expected what this server is known to answer; whoever listens waits for it
 * @returns what was heard at each step
 */
export async function play(
  server: ContractServer,
  { begins }: Pick<Row, 'begins'>,
  steps: readonly Step[],
  expected: (step: Step) => readonly string[],
): Promise<readonly (readonly string[])[]> {
  const world = await server.openWorld()
  const sessions = new Map<string, StorySession>()
  try {
    // Who is to be told of what another does is there before it happens.
    for (const { who } of steps) if (who !== 'W' && !sessions.has(who)) sessions.set(who, await begin(world, begins))
    const heard: (readonly string[])[] = []
    for (const step of steps) {
      const session = sessions.get(step.who)!
      if (step.who === 'W') act(world, step.says!)
      const lines = step.says === undefined ? session.listen(expected(step)) : session?.say(filled(step.says))
      heard.push(elided((await lines) ?? [], step.answers))
    }
    return heard
  } finally {
    for (const session of sessions.values()) session.close()
    world.gmail.close()
  }
}

const filled = (text: string): string => text.replace(/\{[a-z0-9 ]+\}/g, (name) => credentials[name] ?? name)

/** Lines that begin alike are one where the story says `…` of them. */
function elided(heard: readonly string[], answers: readonly string[]): readonly string[] {
  return answers
    .filter((answer) => answer.endsWith(' …'))
    .reduce((lines, answer) => {
      const others = lines.filter((line) => !line.startsWith(answer.slice(0, -1)))
      return others.length === lines.length ? lines : [answer, ...others]
    }, heard)
}

function act(world: World, name: string): void {
  if (acts[name] === undefined) throw new Error(`no act of the world: ${name}`)
  acts[name](world)
}

async function begin({ gmail }: World, begins: Row['begins']): Promise<StorySession> {
  const session = new StorySession(gmail)
  await session.greeting()
  if (begins === 'not logged in') return session
  for (const line of [
    `AUTHENTICATE XOAUTH2 ${credentials['{xoauth2}']}`,
    ...(begins === undefined ? [] : [begins.with]),
  ])
    await begun(session, line)
  return session
}

async function begun(session: StorySession, line: string): Promise<void> {
  const answers = await session.say(line)
  if (!answers.at(-1)!.startsWith('OK')) throw new Error(`a story cannot begin: ${line}: ${answers.join(' | ')}`)
}
