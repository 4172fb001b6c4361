import { type Engine, engineSaid } from './container-engine.ts'
import type { ContainerOptions } from './container-options.ts'
import { unavailable, within } from './patience.ts'

/** Of Testcontainers 12.2.0: it tells nobody before it pulls. */
export const ryukImage = 'testcontainers/ryuk:0.14.0'

/** Seconds to ask a registry, to pull ten megabytes from it, and to start what came. */
const [asking, pulling, starting] = [2, 60, 10]
const late = () => unavailable('it took too long', '')

/**
 * Starts Ryuk, which removes our containers when this process ends, however it ends. Where its image can be neither found
 * nor pulled, or it does not start, there is none, and what a killed run leaves is removed by the next one.
 */
export async function startRyuk(
  { library, client, docker }: Engine,
  { tell, signal }: Pick<ContainerOptions, 'tell' | 'signal'>,
): Promise<boolean> {
  if (process.env['TESTCONTAINERS_RYUK_DISABLED'] === 'true') return false
  const image = process.env['RYUK_CONTAINER_IMAGE'] ?? ryukImage
  try {
    if (!(await client.image.exists(library.ImageName.fromString(image)))) {
      if (!(await registryKnows(docker, image, signal))) return false
      tell(`pulling ${image}`)
      await within(pulling, client.image.pull(library.ImageName.fromString(image)), late, signal)
    }
    await within(starting, library.getReaper(client), late, signal)
    return true
  } catch (error) {
    signal?.throwIfAborted()
    tell(`${image} does not start (${engineSaid(error)}); what a killed run leaves is removed by the next one`)
    return false
  }
}

const registryKnows = (docker: Engine['docker'], image: string, signal?: AbortSignal): Promise<boolean> =>
  within(asking, docker.getImage(image).distribution(), late, signal).then(
    () => true,
    () => false,
  )
