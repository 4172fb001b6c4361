import { type Engine, statusOf } from './container-engine.ts'
import type { Owner } from './container-options.ts'

/** Whose a container is; no other tool labels so. */
const label = 'oauth-imap.owner'

export const labelsFor = (owner: Owner): Readonly<Record<string, string>> => ({ [label]: owner.name })

/**
 * Removes the containers that dead processes of ours have left, with their volumes. What belongs to a live process, or to
 * one of which nothing is known, stays.
 */
export async function reapAbandoned(engine: Engine, owner: Owner): Promise<void> {
  const found = await engine.docker.listContainers({ all: true, filters: { label: [label] } })
  const abandoned = found.filter(({ Labels }) => owner.isAbandoned(Labels[label] ?? ''))
  await Promise.all(abandoned.map(({ Id }) => removeContainer(engine, Id)))
}

/** Ends and removes a container with its volumes; one that is gone already, or is just going, is fine. */
export async function removeContainer({ docker }: Engine, id: string): Promise<void> {
  try {
    await docker.getContainer(id).remove({ force: true, v: true })
  } catch (error) {
    if (![404, 409].includes(statusOf(error) ?? 0)) throw error
  }
}
