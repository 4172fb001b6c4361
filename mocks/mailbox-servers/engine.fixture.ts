import { once } from 'node:events'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { rm } from 'node:fs/promises'

export interface ScriptedEngine extends AsyncDisposable {
  /** What was asked for, such as `POST /images/create?…`. */
  readonly requests: readonly string[]
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Answers Docker's API at a Unix socket as a test wants: the first entry that fits a request decides. */
export async function openScriptedEngine(
  path: string,
  answers: readonly (readonly [asked: RegExp, Answer])[],
): Promise<ScriptedEngine> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const asked = `${request.method} ${request.url}`
    requests.push(asked)
    const answer = answers.find(([pattern]) => pattern.test(asked))?.[1] ?? says(404, 'no such thing')
    answer(request, response)
  })
  server.listen(path)
  await once(server, 'listening')
  return {
    requests,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await rm(path, { force: true })
    },
  }
}

export const answers =
  (status: number, body: unknown): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`)
  }

export const says = (status: number, message: string): Answer => answers(status, { message })

export const silent: Answer = () => {}
