import { Fault } from '../model/fault.ts'
import { nearest } from '../nearest.ts'
import { walk } from '../runtime/files.ts'
import { fileURLToPath, join } from '../runtime/path.ts'

const directory = fileURLToPath(new URL('../../fixtures/worlds/presets', import.meta.url))

/** The worlds that come with the program, each of which brings one error about. */
export const presetNames = async (): Promise<readonly string[]> =>
  (await walk(directory))
    .filter(({ kind, path }) => kind === 'file' && path.endsWith('.yaml'))
    .map(({ path }) => path.slice(0, -'.yaml'.length))
    .toSorted()

/**
 * The file of a world: what has neither a slash nor a dot is the name of a preset, also where a file is called so.
 *
 * @throws Fault `UNKNOWN_NAME` with the nearest names
 */
export async function presetFile(world: string): Promise<string> {
  if (/[./\\]/.test(world)) return world
  const names = await presetNames()
  if (names.includes(world)) return join(directory, `${world}.yaml`)
  throw new Fault(
    'UNKNOWN_NAME',
    `There is no preset ${world.slice(0, 60)}.`,
    `Did you mean ${threeNearest(world.slice(0, 60), names)}? A file of your own needs a dot or a slash in its path.`,
  )
}

function threeNearest(meant: string, names: readonly string[]): string {
  const [first, second, third] = [0, 1, 2].reduce<readonly string[]>(
    (found) => [
      ...found,
      nearest(
        meant,
        names.filter((name) => !found.includes(name)),
      ),
    ],
    [],
  )
  return `${first}, ${second} or ${third}`
}
