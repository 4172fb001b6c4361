import { Fault } from '../../harness/model/fault.ts'
import type { MailboxImage } from '../../harness/model/mailbox-image.ts'
import { type Container, lastLines, startContainer } from './container.ts'
import { type Engine, engineSaid, findEngine } from './container-engine.ts'
import type { ContainerOptions } from './container-options.ts'
import { watchFor } from './departure.ts'
import { provideImage } from './image-pull.ts'
import { accountsOf, filledIn, newPassword } from './image-users.ts'
import type { MailboxServer } from './mailbox-server.ts'
import { interrupted, unavailable } from './patience.ts'
import { becomesReady } from './readiness.ts'
import { labelsFor, reapAbandoned } from './reaping.ts'
import { startRyuk } from './ryuk.ts'

/**
 * Starts a mailbox server from a container image and waits until it greets. What an earlier process of ours left, because
 * it was killed, is removed first. When this fails or is interrupted, nothing of it is left.
 *
 * @throws Fault `MAILBOX_SERVER_UNAVAILABLE` that says what is missing, `INTERRUPTED`
 */
export async function openImageServer(
  name: string,
  image: MailboxImage,
  options: ContainerOptions,
): Promise<MailboxServer> {
  const { owner, signal } = options
  try {
    signal?.throwIfAborted()
    const engine = await findEngine(signal)
    const [description, ryuk] = await Promise.all([
      provideImage(engine, image.image, options),
      startRyuk(engine, options),
      reapAbandoned(engine, owner),
    ])
    // The first is that of the run; accounts that are made have others.
    const passwords = [newPassword()]
    const container = await startReady(engine, image, { passwords, ryuk, options })
    return served(engine, container, { image, passwords, description: { name, ...description } })
  } catch (error) {
    if (signal?.aborted) throw interrupted()
    if (error instanceof Fault) throw error
    throw unavailable(
      `${image.image} does not start: ${engineSaid(error)}.`,
      'Look at the engine with docker info.',
      error,
    )
  }
}

async function startReady(
  engine: Engine,
  image: MailboxImage,
  {
    passwords,
    ryuk,
    options,
  }: { readonly passwords: readonly string[]; readonly ryuk: boolean; readonly options: ContainerOptions },
): Promise<Container> {
  const { owner, startSeconds = 60 } = options
  const limit = AbortSignal.timeout(startSeconds * 1000)
  const signal = options.signal === undefined ? limit : AbortSignal.any([options.signal, limit])
  const filled = (texts: Readonly<Record<string, string>> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, filledIn(text, { password: passwords[0]! })]))
  const request = {
    image: image.image,
    ports: portsOf(image),
    environment: filled(image.environment),
    files: filled(image.files),
    labels: labelsFor(owner),
    passwords,
    ryuk,
  }
  const container = await startContainer(engine, request, signal)
  const early = new AbortController()
  const died = container.ended.then((how) => {
    early.abort()
    throw unavailable(`${image.image} was not ready when ${how}.`, 'Try docker run with the same settings.')
  })
  try {
    await Promise.race([becomesReady(engine, container, image, AbortSignal.any([signal, early.signal])), died])
    died.catch(() => {})
    return container
  } catch (error) {
    const said = options.signal?.aborted ? '' : await lastLines(engine, container.id, passwords).catch(() => '')
    await container[Symbol.asyncDispose]()
    const hint = 'Check port and readiness in the settings of the image, or allow more seconds.'
    if (limit.aborted)
      throw unavailable(`${image.image} was not ready after ${startSeconds} seconds.${said}`, hint, error)
    if (error instanceof Fault) throw unavailable(error.message + said, error.hint, error)
    throw error
  }
}

const portsOf = ({ imapPort, users, ready }: MailboxImage): readonly number[] => [
  ...new Set([imapPort, ...[users, ready].flatMap((place) => (hasPort(place) ? [place.port] : []))]),
]

const hasPort = (place: unknown): place is { readonly port: number } =>
  typeof place === 'object' && place !== null && 'port' in place

function served(
  engine: Engine,
  container: Container,
  {
    image,
    passwords,
    description,
  }: Pick<MailboxServer, 'description'> & { readonly image: MailboxImage; readonly passwords: string[] },
): MailboxServer {
  const { host, portOf, ended } = container
  const newAccount = accountsOf(image.users, passwords[0]!, container)
  const departure = watchFor(ended, async (how) => {
    const said = await lastLines(engine, container.id, passwords).catch(() => '')
    return unavailable(`${image.image} was needed when ${how}.${said}`, 'Run again.')
  })
  return {
    host,
    port: portOf(image.imapPort),
    description,
    gone: departure.gone,
    async openAccount() {
      await departure.stillThere()
      const login = await newAccount()
      if (!passwords.includes(login.password)) passwords.push(login.password)
      return login
    },
    async [Symbol.asyncDispose]() {
      departure.dismiss()
      await container[Symbol.asyncDispose]()
    },
  }
}
