import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listenConnect } from '../../doors/connect-proxy.ts'
import { loopbackCallback } from '../../doors/loopback-callback.ts'
import { environmentFor } from '../../doors/environment.ts'
import { createPki } from '../../doors/pki.ts'
import { listenHttps } from '../../doors/tls-listener.ts'
import { trustStoreOf } from '../../doors/trust-store.ts'
import { createUserAgent } from '../../user-agent/user-agent.ts'
import { mockedHosts } from '../endpoints.ts'
import { alice, desktop, openGoogle } from '../google.fixture.ts'
import type { GoogleOptions } from '../handlers.ts'
import { type Ended, runProgram } from './program.fixture.ts'

/** The client file that the Google Cloud console offers for a Desktop client (form of real files). */
const clientFile = {
  installed: {
    client_id: desktop.client_id,
    project_id: 'example-mail',
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: 'https://oauth2.googleapis.com/token',
    auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
    client_secret: desktop.client_secret,
    redirect_uris: ['http://localhost'],
  },
}

/** What id_token and userinfo say of the one user. */
export const identityClaims = {
  sub: alice.sub,
  email: alice.address,
  email_verified: true,
  name: alice.name,
  given_name: 'Alice',
  family_name: 'Example',
  picture: `https://lh3.googleusercontent.com/a/${alice.sub}=s96-c`,
}

export type Stand = Awaited<ReturnType<typeof openStand>>

/**
 * A Google at the present time behind a real TLS door, the proxy that leads foreign programs to it, and a user with a
 * browser who consents.
 */
export async function openStand(setup: Partial<GoogleOptions> = {}) {
  const google = openGoogle({}, setup)
  // Foreign programs live in the present, and judge an id_token by it.
  google.clock.set(Date.now())
  const pki = await createPki()
  const door = await listenHttps(google.world, google.google.handlers, pki)
  const proxy = await listenConnect(
    google.world,
    Object.fromEntries(mockedHosts.map((host) => [`${host}:443`, door.port])),
  )
  const browser = createUserAgent(google.world, {
    account: alice,
    fetch: (request) => google.respond(request, 'user-agent'),
    callback: loopbackCallback,
  })
  // Programs must cope with such a name, and so must what tells them of it.
  const home = await mkdtemp(join(tmpdir(), "an oracle's home "))
  const file = (name: string): string => join(home, name)
  const trust = async (ca: string): Promise<void> => {
    await writeFile(file('ca.pem'), ca)
    await writeFile(file('ca.p12'), trustStoreOf(ca))
  }
  await trust(pki.ca)
  await writeFile(file('client_secret.json'), JSON.stringify(clientFile))
  const env = {
    HOME: home,
    PYTHONDONTWRITEBYTECODE: '1',
    ...environmentFor({ proxy, ca: file('ca.pem'), trustStore: file('ca.p12') }),
  }
  return {
    ...google,
    browser,
    file,
    env,
    /** From now on programs trust this authority, PEM, and no other. */
    trust,
    clientFile: file('client_secret.json'),
    /** Runs a program; the user opens what it asks to be opened. */
    async play(command: string, ...args: readonly string[]): Promise<Ended> {
      const opened: Promise<void>[] = []
      const ended = await runProgram(command, args, env, (_, told) => {
        if (told?.step === 'authorize') opened.push(browser.open(String(told['url'])))
      })
      await Promise.all(opened)
      return ended
    },
    /** The requests of the program itself, such as `POST token-endpoint 200`. */
    requests: () =>
      google.seen('http.request').flatMap(({ stream, position, fields }) => {
        if (fields.actor !== 'subject') return []
        const answer = google.seen('http.response').find(({ fields: { to } }) => to === `${stream}#${position}`)
        return [`${fields.method} ${fields.endpoint} ${answer?.fields.status}`]
      }),
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      await door[Symbol.asyncDispose]()
      await rm(home, { recursive: true, force: true })
    },
  }
}
