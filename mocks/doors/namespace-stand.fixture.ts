import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGmail } from '../gmail/gmail.ts'
import { exampleMessages } from '../gmail/gmail.fixture.ts'
import { mockedHosts } from '../google/endpoints.ts'
import { alice, desktop, openGoogle } from '../google/google.fixture.ts'
import { createUserAgent } from '../user-agent/user-agent.ts'
import { listenImap } from './imap-listener.ts'
import { type Ended, type RunOptions, runIn, startIn } from './namespace.fixture.ts'
import { openNamespace } from './namespace.ts'
import type { NamespaceProgram } from './namespace-program.ts'
import { createPki } from './pki.ts'
import { listenHttps } from './tls-listener.ts'

export type NamespaceStand = Awaited<ReturnType<typeof openNamespaceStand>>

/**
 * A Google and a Gmail at the present time, one user with a browser who consents, and a namespace in which both are where
 * they always are. The home directory there holds our authority in `ca.pem`, and in `bin` a `gpg` that hides nothing.
 */
export async function openNamespaceStand() {
  const google = openGoogle()
  // Foreign programs live in the present.
  google.clock.set(Date.now())
  const mailboxes = { [alice.address]: exampleMessages() }
  const gmail = createGmail(google.world, { lookup: google.google.lookup, mailboxes })
  const pki = await createPki()
  const https = await listenHttps(google.world, google.google.handlers, pki)
  const imaps = await listenImap(gmail, pki)
  const home = await mkdtemp(join(tmpdir(), 'oauth-imap-home-'))
  const file = (name: string): string => join(home, name)
  const namespace = await openNamespace(google.world, {
    routes: {
      ...Object.fromEntries(mockedHosts.map((host) => [`${host}:443`, https.port])),
      'imap.gmail.com:993': imaps.port,
    },
    directory: home,
  })
  const browser = createUserAgent(google.world, {
    account: alice,
    fetch: (request) => google.respond(request, 'user-agent'),
    callback: namespace.callback,
  })
  await writeFile(file('ca.pem'), pki.ca)
  await mkdir(file('bin'))
  await writeFile(file('bin/gpg'), '#!/bin/sh\nexec cat\n')
  await chmod(file('bin/gpg'), 0o755)
  const surroundings = {
    HOME: home,
    PATH: `${file('bin')}:/usr/sbin:/usr/bin:/sbin:/bin`,
    SSL_CERT_FILE: file('ca.pem'),
    CURL_CA_BUNDLE: file('ca.pem'),
  }
  const settled = ({ env = {}, seconds = 30 }: RunOptions): Required<RunOptions> => ({
    env: { ...surroundings, ...env },
    seconds,
  })
  return {
    ...google,
    client: desktop,
    user: alice.address,
    browser,
    namespace,
    file,
    start: (command: string, args: readonly string[], options: RunOptions = {}): NamespaceProgram =>
      startIn(namespace, command, args, settled(options)),
    run: (command: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> =>
      runIn(namespace, command, args, settled(options)),
    /** The requests of programs, such as `POST token-endpoint 200`. */
    requests: () =>
      google.seen('http.request').flatMap(({ stream, position, fields }) => {
        if (fields.actor !== 'subject') return []
        const answer = google.seen('http.response').find(({ fields: { to } }) => to === `${stream}#${position}`)
        return [`${fields.method} ${fields.endpoint} ${answer?.fields.status}`]
      }),
    /** Names that were asked for in vain, in the order of letters: programs ask for several at a time. */
    refusedNames: () =>
      google
        .seen('dns.refused')
        .map(({ fields: { name } }) => name)
        .toSorted(),
    async [Symbol.asyncDispose]() {
      await namespace[Symbol.asyncDispose]()
      gmail.close()
      await imaps[Symbol.asyncDispose]()
      await https[Symbol.asyncDispose]()
      await rm(home, { recursive: true, force: true })
    },
  }
}
