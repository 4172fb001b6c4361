import { once } from 'node:events'
import { createServer } from 'node:net'
import { finished } from 'node:stream/promises'
import { type Engine, engineSaid } from './container-engine.ts'
import { unavailable } from './patience.ts'
import { removeContainer } from './reaping.ts'

export interface ContainerRequest {
  readonly image: string
  readonly ports: readonly number[]
  readonly environment: Readonly<Record<string, string>>
  /** Content by absolute path. */
  readonly files: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  /** What its log may say and we may not. */
  readonly passwords: readonly string[]
  /** Whether Ryuk looks after it. */
  readonly ryuk: boolean
}

/** A container that runs. Disposing ends and removes it with its volumes. */
export interface Container extends AsyncDisposable {
  readonly id: string
  readonly host: string
  portOf(inside: number): number
  /** Resolves when it ends, however it ends, with words for how. */
  readonly ended: Promise<string>
}

/**
 * Starts a container whose ports only this machine reaches, if the engine runs here; it may not be ready yet. When that
 * fails, or `signal` aborts, nothing of it is left.
 *
 * @throws Fault `MAILBOX_SERVER_UNAVAILABLE`, the reason of `signal`
 */
export async function startContainer(
  engine: Engine,
  request: ContainerRequest,
  signal: AbortSignal,
): Promise<Container> {
  const { library, docker, client } = engine
  const { host, publishedAt } = await reachedAt(client.info.containerRuntime.host)
  const ended = Promise.withResolvers<string>()
  let id = ''

  class Published extends library.GenericContainer {
    protected override async beforeContainerCreated(): Promise<void> {
      signal.throwIfAborted()
      // The library has no setting for the address.
      if (publishedAt === undefined) return
      const published = this.hostConfig.PortBindings as Record<string, { HostIp?: string }[]>
      for (const binding of Object.values(published).flat()) binding.HostIp = publishedAt
    }

    protected override async containerCreated(created: string): Promise<void> {
      id = created
      signal.throwIfAborted()
      docker
        .getContainer(id)
        .wait({ condition: 'next-exit' })
        .then(
          ({ StatusCode }: { StatusCode: number }) => ended.resolve(`it ended with status ${StatusCode}`),
          (error: unknown) => ended.resolve(`the container engine has gone (${engineSaid(error)})`),
        )
    }
  }

  const starting = new Published(request.image)
    .withExposedPorts(...request.ports)
    .withEnvironment(request.environment)
    .withCopyContentToContainer(Object.entries(request.files).map(([target, content]) => ({ target, content })))
    .withLabels(request.labels)
    .withAutoCleanup(request.ryuk)
    .withPullPolicy(library.PullPolicy.neverPull())
    .withWaitStrategy(atOnce)
    .start()
  try {
    // A container that ends at once publishes no port, and the library would wait for one for ten seconds.
    const died = ended.promise.then((how) => Promise.reject(new Error(how)))
    const started = await Promise.race([starting, died, aborted(signal)])
    const remove = () => removeContainer(engine, id)
    return {
      id,
      host,
      portOf: (inside) => started.getMappedPort(inside),
      ended: ended.promise,
      [Symbol.asyncDispose]: remove,
    }
  } catch (cause) {
    const said = id === '' || signal.aborted ? '' : await lastLines(engine, id, request.passwords)
    if (id !== '') await removeContainer(engine, id)
    // While it was being created, it had no name by which to remove it; when it gets one, it removes itself.
    await starting.catch(() => {})
    if (id !== '') await removeContainer(engine, id)
    signal.throwIfAborted()
    throw unavailable(
      `${request.image} does not start: ${engineSaid(cause)}.${said}`,
      'Run again, or try docker run.',
      cause,
    )
  }
}

/** Whether it is ready, is for others to find out. */
const atOnce = {
  waitUntilReady: async () => {},
  withStartupTimeout: () => atOnce,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }))

/**
 * How a container is reached, given where the library sees the engine: on this machine; beside the container that we
 * run in ourselves, by an address that both share; or far away, where addresses are not for us to choose.
 */
export async function reachedAt(engine: string): Promise<{ readonly host: string; readonly publishedAt?: string }> {
  const loopback = '127.0.0.1'
  const isAddress = /^[\d.]+$/.test(engine)
  if (engine === 'localhost' || (isAddress && (await isOwn(engine)))) return { host: loopback, publishedAt: loopback }
  return isAddress ? { host: engine, publishedAt: engine } : { host: engine }
}

/** Only an address of this machine can be listened at; lists of interfaces leave out those that nobody uses yet. */
async function isOwn(address: string): Promise<boolean> {
  const server = createServer()
  try {
    await once(server.listen(0, address), 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

/** Milliseconds for the last lines of a log to come. */
const patience = 500

/** What it said last without the passwords, to be put behind a sentence. */
export async function lastLines({ client, docker }: Engine, id: string, passwords: readonly string[]): Promise<string> {
  const log = await client.container.logs(docker.getContainer(id), { tail: 5 })
  let said = ''
  log.on('data', (text: string) => (said += text))
  // The log of a container that still runs has no end.
  await finished(log, { signal: AbortSignal.timeout(patience) }).catch(() => {})
  log.destroy()
  const text = passwords.reduce((shown, password) => shown.replaceAll(password, '…'), said.trim())
  return text === '' ? ' It said nothing.' : ` It said last:\n${text}`
}
