import type { ContainerOptions } from './container-options.ts'
import { type Engine, engineSaid, statusOf } from './container-engine.ts'
import type { MailboxServerDescription } from './mailbox-server.ts'
import { unavailable, within } from './patience.ts'

export type ImageDescription = Required<Pick<MailboxServerDescription, 'image' | 'digest' | 'origin'>> &
  Pick<MailboxServerDescription, 'version'>

type Telling = Pick<ContainerOptions, 'tell' | 'signal' | 'pullSeconds'>

/**
 * Sees to it that the engine has an image, and tells what it has. A pull that is given up goes on in the engine until this
 * process ends.
 *
 * @throws Fault `MAILBOX_SERVER_UNAVAILABLE` with the registry's refusal, `INTERRUPTED`
 */
export async function provideImage(engine: Engine, image: string, options: Telling): Promise<ImageDescription> {
  const here = await describe(engine, image)
  if (here !== undefined) return here
  await pullImage(engine, image, options)
  const pulled = await describe(engine, image)
  // The engine reports what fails after the first answer in a stream that the library does not read.
  if (pulled === undefined) throw unavailable(`${image} was not pulled to its end.`, tryYourself(image))
  return pulled
}

async function pullImage(
  { client, library }: Engine,
  image: string,
  { tell, signal, pullSeconds = 300 }: Telling,
): Promise<void> {
  tell(`pulling ${image}`)
  try {
    const late = () => unavailable(`${image} was not pulled within ${pullSeconds} seconds.`, tryYourself(image))
    await within(pullSeconds, client.image.pull(library.ImageName.fromString(image)), late, signal)
  } catch (error) {
    if (statusOf(error) === undefined) throw error
    throw unavailable(`${image} is not here and cannot be pulled: ${engineSaid(error)}.`, tryYourself(image), error)
  }
}

const tryYourself = (image: string): string =>
  `Check the name, and the way to its registry with docker pull ${image}; or name an image that the engine has.`

async function describe({ docker }: Engine, image: string): Promise<ImageDescription | undefined> {
  const found = await docker
    .getImage(image)
    .inspect()
    .catch((error: unknown) => {
      if (statusOf(error) === 404) return undefined
      throw error
    })
  if (found === undefined) return undefined
  // Only a registry gives an image a digest of its manifest; what was built here has nothing but its id.
  const digest = found.RepoDigests?.[0]?.split('@')[1]
  const version = found.Config.Labels?.['org.opencontainers.image.version'] as string | undefined
  return {
    image,
    digest: digest ?? found.Id,
    origin: digest === undefined ? 'local image' : 'registry',
    ...(version === undefined ? {} : { version }),
  }
}
