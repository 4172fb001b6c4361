import { environmentFor } from '../../mocks/doors/environment.ts'
import { type Pki, createPki } from '../../mocks/doors/pki.ts'
import { trustStoreOf } from '../../mocks/doors/trust-store.ts'
import type { ClientRegistration } from '../../mocks/google/registration/clients.ts'
import { createRandom } from '../random.ts'
import { makeTemporaryDirectory, prepareToWrite, removeTree, writeWhole } from '../runtime/files.ts'
import { join } from '../runtime/path.ts'
import { wallClock } from '../runtime/wall-clock.ts'
import { clientFileName, clientFileOf, lastingClientFileName } from './client-file.ts'
import { listenControl } from './control/control.ts'
import { dialable } from './open-served-world.ts'
import { openServed } from './served.ts'
import { keyFileOf } from './service-accounts.ts'
import { type WorldSetup, readSetup } from './world-setup.ts'

/** Ports are the system's choice unless told. */
export interface ServingOptions {
  /** Path of a world file. */
  readonly world?: string | undefined
  /** An IP address of this machine where Google and Gmail are; loopback unless told. */
  readonly host?: string | undefined
  readonly port?: number | undefined
  readonly imapPort?: number | undefined
  /** On loopback. */
  readonly proxyPort?: number | undefined
  /** On loopback. */
  readonly controlPort?: number | undefined
  /** Absolute path of a directory that gets the files for clients and keeps them; a private one that goes unless told. */
  readonly files?: string | undefined
  readonly seed: number
  /** What a client of the control interface has to show. */
  readonly token: string
}

interface ServedClient {
  readonly id: string
  /** Empty for clients that have none. */
  readonly secret: string
  /** Absolute path, in the form of Google's download. */
  readonly file: string
}

/** What somebody needs to know to use what is served; `ready.schema.json` describes it. */
export interface Ready {
  readonly ready: true
  /** URL of the CONNECT proxy that leads to the mocks under Google's own names. */
  readonly proxy: string
  /** Absolute path of the authority, PEM. */
  readonly ca: string
  readonly google: { readonly host: string; readonly port: number }
  readonly imap: { readonly host: string; readonly port: number }
  readonly control: { readonly url: string; readonly token: string }
  readonly client: ServedClient
  /** All, the first of which is `client`. */
  readonly clients: readonly ServedClient[]
  /** Absolute paths of the service accounts' key files. */
  readonly keyFiles: readonly string[]
  /** Addresses. */
  readonly accounts: readonly string[]
  /** For programs that have Google's addresses in their code. */
  readonly env: Readonly<Record<string, string>>
}

export interface Serving extends AsyncDisposable {
  readonly ready: Ready
}

const loopback = '127.0.0.1'
const authorityName = 'ca.pem'

/**
 * Opens everything that `serve` is: the world, its doors, the control interface, and a private directory with the files
 * that clients are given. Disposing ends all connections and removes the directory.
 *
 * @throws Fault for a world file that is none, an address that cannot be had, a directory that cannot be made
 */
export async function openServing(options: ServingOptions): Promise<Serving> {
  const { world, host = loopback, seed, token } = options
  const setup = await readSetup(world, createRandom(seed), wallClock.now())
  const pki = await createPki()
  await using open = new AsyncDisposableStack()
  const directory = options.files ?? open.adopt(await makeTemporaryDirectory('oauth-imap-serve'), removeTree)
  await prepareToWrite(join(directory, authorityName))
  const files = await writeFiles(
    directory,
    setup,
    pki,
    options.files === undefined
      ? // As a careful person keeps them: what refuses a client file that others can read takes these.
        { nameOf: clientFileName, mode: 0o600 }
      : { nameOf: lastingClientFileName },
  )
  const served = open.use(
    await openServed({
      setup,
      seed,
      pki,
      at: {
        google: at(host, options.port),
        imap: at(host, options.imapPort),
        proxy: at(loopback, options.proxyPort),
      },
    }),
  )
  const control = open.use(await listenControl(served, { token, at: at(loopback, options.controlPort) }))
  const { ports } = served
  const opened = open.move()
  return {
    ready: {
      ready: true,
      proxy: `http://${loopback}:${ports.proxy}`,
      ca: files.ca,
      google: { host: dialable(host), port: ports.google },
      imap: { host: dialable(host), port: ports.imap },
      control: { url: control.url, token },
      client: files.clients[0]!,
      clients: files.clients,
      keyFiles: files.keyFiles,
      accounts: setup.accounts.map(({ address }) => address),
      env: environmentFor({ proxy: { port: ports.proxy }, ca: files.ca, trustStore: files.trustStore }),
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

const at = (host: string, port: number | undefined) => ({ host, ...(port === undefined ? {} : { port }) })

async function writeFiles(
  directory: string,
  { clients, serviceAccounts }: WorldSetup,
  { ca }: Pki,
  { nameOf, mode }: { readonly nameOf: (client: ClientRegistration, index: number) => string; readonly mode?: number },
) {
  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(directory, name)
    await writeWhole(path, content, mode)
    return path
  }
  const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`
  const writeClient = async (client: ClientRegistration, index: number): Promise<ServedClient> => ({
    id: client.client_id,
    secret: client.client_secret,
    file: await write(nameOf(client, index), json(clientFileOf(client))),
  })
  return {
    ca: await write(authorityName, ca),
    trustStore: await write('ca.p12', trustStoreOf(ca)),
    clients: await Promise.all(clients.map(writeClient)),
    keyFiles: await Promise.all(
      serviceAccounts.map((account, index) => write(`service-account-${index + 1}.json`, json(keyFileOf(account)))),
    ),
  }
}
