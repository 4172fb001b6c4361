import type { LiveContext } from '../context.ts'
import { LiveTrouble } from '../trouble.ts'
import { mediaType } from '../foreign-answer.ts'
import { type Answer, askIssuer } from './answer.ts'
import { factOf, factOfSet, plainFact } from './facts.ts'
import { madeUpClient, madeUpCode, madeUpRefreshToken } from './made-up.ts'
import type { IssuerMetadata } from './metadata.ts'
import { tokenRequest } from './token-request.ts'

interface Question {
  readonly look: string
  readonly client: LiveContext['client']
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * Asks the token endpoint for what it must refuse: a made-up code, client, refresh token and grant type; looks for drift.
 *
 * @throws LiveTrouble `client-refused` where the client’s own credentials are what is wrong; nothing is looked at then
 */
export async function lookAtTokenErrors(context: LiveContext, metadata: IssuerMetadata): Promise<string> {
  const { client } = context
  const questions = questionsOf(context)
  const answers: (readonly [string, Answer])[] = []
  for (const { look, client: asking, parameters } of questions) {
    const answer = await askIssuer(context, metadata.tokenEndpoint, tokenRequest(asking, parameters, metadata))
    if (asking === client && isOfTheClient(answer)) throw refused(answer)
    answers.push([look, answer])
  }
  for (const [look, answer] of answers)
    context.look({ area: 'token-errors', look, facts: factsOf(answer, context, questions) })
  return answers.map(([look, { status, members }]) => `${look}: ${status} ${nameOf(members?.['error'])}`).join('; ')
}

function questionsOf({ client, random, farSide }: LiveContext): readonly Question[] {
  const refresh = { grant_type: 'refresh_token', refresh_token: madeUpRefreshToken(random) }
  return [
    {
      look: 'made-up-code',
      client,
      parameters: {
        grant_type: 'authorization_code',
        code: madeUpCode(random),
        redirect_uri: client.redirect_uris[0] ?? 'http://127.0.0.1',
      },
    },
    { look: 'unknown-client', client: madeUpClient(client, random), parameters: refresh },
    { look: 'made-up-refresh-token', client, parameters: refresh },
    // Said back by Google, so that it must be the same every time.
    { look: 'unknown-grant-type', client, parameters: { grant_type: 'made-up', scope: farSide.scope } },
  ]
}

const nameOf = (error: unknown): string => (typeof error === 'string' ? error.slice(0, 40) : 'without an error')

/** RFC 6749 §5.2, and Google’s own words (captured). */
const clientErrors: readonly unknown[] = ['invalid_client', 'deleted_client', 'disabled_client']

const isOfTheClient = ({ members }: Answer): boolean =>
  clientErrors.includes(members?.['error']) || /\bclient_secret\b/.test(factOf(members?.['error_description'] ?? ''))

const refused = ({ status, members }: Answer): LiveTrouble => {
  const { error, error_description } = members ?? {}
  return new LiveTrouble(
    'client-refused',
    `the token endpoint answered ${status} ${JSON.stringify({ error, error_description })}`,
  )
}

/** What is said back of what was made up would be another text each time. */
function factsOf({ status, headers, members }: Answer, { secrets }: LiveContext, questions: readonly Question[]) {
  const madeUp = questions.flatMap(({ client, parameters }) => [client.client_id, ...Object.values(parameters)])
  const plain = (text: string): string => {
    const varying = madeUp.filter((value) => value.length > 16)
    return plainFact(
      varying.reduce((said, value) => said.replaceAll(value, '{made up}'), text),
      secrets,
    )
  }
  const said = ['error', 'error_description'].filter((member) => members !== undefined && member in members)
  return {
    status: `${status}`,
    'content-type': mediaType(headers),
    ...(members === undefined ? {} : { members: factOfSet(Object.keys(members)) }),
    ...Object.fromEntries(said.map((member) => [member, plain(factOf(members![member]))])),
  }
}
