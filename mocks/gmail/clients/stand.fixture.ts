import { writeFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { MailSetup } from '../../../harness/model/mail-setup.ts'
import { listenImap } from '../../doors/imap-listener.ts'
import { type Ended, type RunOptions, runIn } from '../../doors/namespace.fixture.ts'
import { openNamespace } from '../../doors/namespace.ts'
import { createPki } from '../../doors/pki.ts'
import { present } from './programs.fixture.ts'
import { type Story, toldBy } from './transcript.fixture.ts'
import { openWatchedGmail } from './watched-gmail.fixture.ts'

const templates = fileURLToPath(new URL('../../../fixtures/mail-clients/', import.meta.url))

export type Stand = Awaited<ReturnType<typeof openStand>>

/**
 * A Gmail, a live token for its account, and a home directory for one foreign program in which Gmail is where it always
 * is. The program finds there what lies in its folder of fixtures/mail-clients, our authority in `ca.pem`, the access
 * token in `token`, and an empty folder `mail`.
 *
 * @param story what the run is about, for the transcript
 */
export async function openStand(client: string, story: string, transcript: Story[], mail?: MailSetup) {
  const gmail = openWatchedGmail(mail)
  const pki = await createPki()
  const listener = await listenImap(gmail.gmail, pki)
  const home = await mkdtemp(join(tmpdir(), 'mail-client-'))
  const file = (name: string): string => join(home, name)
  const routes = { 'imap.gmail.com:993': listener.port }
  const namespace = await openNamespace(gmail, { routes, directory: home })
  await cp(join(templates, client), home, { recursive: true })
  await mkdir(file('mail'))
  await writeFile(file('ca.pem'), pki.ca)
  const said: string[] = []
  let token = ''
  const issueToken = (): void => {
    token = gmail.issueToken()
    writeFileSync(file('token'), token, { mode: 0o600 })
  }
  issueToken()
  return {
    ...gmail,
    file,
    revokeToken: () => gmail.revokeToken(token),
    /** As `expireAfter`, and at that moment a new token lies where the program looks for it. */
    renewAfter: (verb: string): void => gmail.expireAfter(verb, issueToken),
    /** Runs a program to its end, with Gmail in its reach. */
    async run(command: string, args: readonly string[], { env = {}, seconds }: RunOptions = {}): Promise<Ended> {
      present(command)
      const limit = seconds === undefined ? {} : { seconds }
      const ended = await runIn(namespace, command, args, { env: { HOME: home, ...env }, ...limit })
      // The kernel has closed its connections, and we hear of that a little later.
      await expect.poll(gmail.connections, { timeout: 5_000 }).toBe(0)
      said.push(...toldBy([command, ...args], ended).map((line) => line.replaceAll(home, '~')))
      return ended
    },
    async [Symbol.asyncDispose]() {
      gmail.gmail.close()
      await namespace[Symbol.asyncDispose]()
      await listener[Symbol.asyncDispose]()
      await rm(home, { recursive: true, force: true })
      transcript.push({ title: story, observations: gmail.observations, said: said.map(gmail.secrets.mask) })
    },
  }
}
