import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Pki, createPki } from '../doors/pki.ts'
import { type OAuthDovecotSettings, startOAuthDovecot } from './dovecot-oauth2.ts'

/**
 * What Dovecot’s own passdb oauth2 says, byte by byte: nothing of it was written here, and what logs in is this test. The
 * endpoint that it asks is as small as RFC 7662 §2 and OpenID Connect Core 1.0 §5.3 allow.
 */

const alice = 'alice@example.com'
const good = ['good', 'token'].join('-')
const client = { id: 'dovecot', secret: ['of', 'no', 'use'].join(' ') }

let pki: Pki
let endpoint: Awaited<ReturnType<typeof openEndpoint>>
beforeAll(async () => {
  pki = await createPki()
  endpoint = await openEndpoint(pki)
})
afterAll(() => endpoint[Symbol.asyncDispose]())

async function openEndpoint({ key, cert }: Pki) {
  const asked: string[] = []
  const server = createServer({ key, cert }, async (request, response) => {
    const { status, body } = await answerTo(request, asked)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    asked,
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}

async function answerTo(request: IncomingMessage, asked: string[]) {
  const { method, url, headers } = request
  const token = new URLSearchParams(await text(request)).get('token')
  asked.push(`${method} ${url} ${headers.authorization}`)
  if (url === '/broken') return { status: 500, body: {} }
  if (url === '/userinfo') {
    const known = headers.authorization === `Bearer ${good}`
    return known ? { status: 200, body: { sub: '1', email: alice } } : { status: 401, body: { error: 'invalid_token' } }
  }
  return { status: 200, body: token === good ? { active: true, username: alice } : { active: false } }
}

type Mechanism = 'XOAUTH2' | 'OAUTHBEARER'
interface Ended {
  readonly greeting: string
  readonly challenge: string | undefined
  readonly answer: string
}

/** One login, with an initial response; an error challenge is answered as each mechanism wants it. */
async function logIn(port: number, mechanism: Mechanism, token: string, user = alice): Promise<Ended> {
  const response =
    mechanism === 'XOAUTH2'
      ? `user=${user}\u0001auth=Bearer ${token}\u0001\u0001`
      : `n,a=${user},\u0001host=localhost\u0001port=${port}\u0001auth=Bearer ${token}\u0001\u0001`
  const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ca: pki.ca })
  const lines = linesOf(socket)
  const greeting = await lines()
  socket.write(`a AUTHENTICATE ${mechanism} ${btoa(response)}\r\n`)
  let answer = await lines()
  let challenge: string | undefined
  if (answer.startsWith('+ ')) {
    challenge = atob(answer.slice(2))
    socket.write(mechanism === 'XOAUTH2' ? '\r\n' : `${btoa('\u0001')}\r\n`)
    answer = await lines()
  }
  socket.destroy()
  return { greeting, challenge, answer }
}

function linesOf(socket: NodeJS.ReadableStream): () => Promise<string> {
  const chunks = socket.setEncoding('latin1')[Symbol.asyncIterator]()
  let rest = ''
  return async () => {
    while (!rest.includes('\r\n')) {
      const { value, done } = await chunks.next()
      if (done === true) throw new Error(`ended after ${JSON.stringify(rest)}`)
      rest += String(value)
    }
    const end = rest.indexOf('\r\n')
    const line = rest.slice(0, end)
    rest = rest.slice(end + 2)
    return line
  }
}

const started = (judge: OAuthDovecotSettings['judge']) => startOAuthDovecot({ judge, certificate: pki, ca: pki.ca })
const challenges = {
  XOAUTH2: '{"status":"401","schemes":"bearer","scope":"mail"}',
  OAUTHBEARER: '{"status":"invalid_token"}',
}
const mechanisms = ['XOAUTH2', 'OAUTHBEARER'] as const

describe('asks by introspection', () => {
  test.each(mechanisms)('%s takes a good token, and no other one, nor one of somebody else', async (mechanism) => {
    await using dovecot = await started({ kind: 'introspection', url: `${endpoint.url}/introspection`, client })
    const login = await logIn(dovecot.tlsPort, mechanism, good)
    expect(login.greeting).toMatch(/^\* OK \[CAPABILITY IMAP4rev1 SASL-IR .* AUTH=XOAUTH2 AUTH=OAUTHBEARER\]/)
    expect(login).toMatchObject({ challenge: undefined, answer: expect.stringMatching(/^a OK \[CAPABILITY /) })
    const refusal = {
      challenge: challenges[mechanism],
      answer: 'a NO [AUTHENTICATIONFAILED] Authentication failed.',
    }
    expect(await logIn(dovecot.tlsPort, mechanism, 'made-up')).toMatchObject(refusal)
    expect(await logIn(dovecot.tlsPort, mechanism, good, 'bob@example.com')).toMatchObject(refusal)
    const credentials = Buffer.from(`${client.id}:${client.secret}`).toString('base64')
    expect(endpoint.asked.at(-1)).toBe(`POST /introspection Basic ${credentials}`)
  })

  test.each(mechanisms)('%s is refused without a challenge where nobody could be asked', async (mechanism) => {
    await using dovecot = await started({ kind: 'introspection', url: `${endpoint.url}/broken`, client })
    expect(await logIn(dovecot.tlsPort, mechanism, good)).toMatchObject({
      challenge: undefined,
      answer: expect.stringMatching(/^a NO \[UNAVAILABLE\] Temporary authentication failure\. \[/),
    })
  })
})

test.each(mechanisms)('asks userinfo with the token of %s', async (mechanism) => {
  await using dovecot = await started({ kind: 'userinfo', url: `${endpoint.url}/userinfo` })
  expect((await logIn(dovecot.tlsPort, mechanism, good)).answer).toMatch(/^a OK /)
  expect((await logIn(dovecot.tlsPort, mechanism, 'made-up')).answer).toMatch(/^a NO /)
  expect(endpoint.asked).toContain(`GET /userinfo Bearer ${good}`)
})

test('asks nobody, and takes everything', async () => {
  await using dovecot = await started({ kind: 'nobody' })
  expect((await logIn(dovecot.tlsPort, 'XOAUTH2', 'made-up')).answer).toMatch(/^a OK /)
})

test('knows passwords alone', async () => {
  await using dovecot = await started({ kind: 'passwords alone' })
  const { greeting, answer } = await logIn(dovecot.tlsPort, 'XOAUTH2', good)
  expect(greeting).toContain('AUTH=PLAIN')
  expect(greeting).not.toMatch(/XOAUTH2|OAUTHBEARER/)
  expect(answer).toBe('a NO [ALERT] Unsupported authentication mechanism.')
})
