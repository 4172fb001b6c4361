import { Fault } from '../../model/fault.ts'
import { errorCode } from '../../runtime/error-code.ts'
import { readAtMost } from '../../runtime/bounded-file.ts'
import { wholeStandardInput } from '../../runtime/standard-input.ts'
import type { FoundProjects } from '../find-projects.ts'
import type { Project } from '../project.ts'
import { readFleet } from './read-fleet.ts'

/**
 * The configurations of a document; findings name the document itself, and the line in it.
 *
 * @param place a file, or `-` for standard input
 * @throws Fault `USAGE` when it cannot be read, or holds no configuration
 */
export async function openFleet(place: string): Promise<FoundProjects> {
  const text = place === '-' ? await standardInput() : await readFile(place)
  return { projects: readFleet(text, place), path: (_, file) => file }
}

/** Some hundred thousand client files. */
const largest = 64 * 1024 * 1024

async function standardInput(): Promise<string> {
  const text = await wholeStandardInput(largest)
  if (text === undefined) throw tooLarge('stdin')
  return text
}

const tooLarge = (place: string): Fault =>
  new Fault('USAGE', `${place}: there are more than ${largest / 1024 / 1024} MiB.`, 'Give it in several parts.')

async function readFile(path: string): Promise<string> {
  const octets = await readAtMost(path, largest).catch((cause: unknown) => {
    const reason = errorCode(cause) === 'ENOENT' ? 'is not there' : `cannot be read (${errorCode(cause) ?? 'unknown'})`
    throw new Fault('USAGE', `${path} ${reason}.`, 'Name a file with --from, or - for standard input.', { cause })
  })
  if (octets === undefined) throw tooLarge(path)
  return new TextDecoder().decode(octets)
}

/**
 * Several ways of naming configurations at once; each keeps its own paths. Of those with one name all but the first get a
 * number, since verdicts are told by names.
 */
export function together(all: readonly FoundProjects[]): FoundProjects {
  const owners = new Map<string, { readonly found: FoundProjects; readonly name: string }>()
  const projects = all.flatMap((found) =>
    found.projects.map((project): Project => {
      let name = project.name
      for (let number = 2; owners.has(name); number += 1) name = `${project.name} (${number})`
      owners.set(name, { found, name: project.name })
      return { ...project, name }
    }),
  )
  return {
    projects,
    path(configuration, file) {
      const owner = owners.get(configuration)
      return owner === undefined ? file : owner.found.path(owner.name, file)
    },
  }
}
