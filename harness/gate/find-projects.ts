import { Fault } from '../model/fault.ts'
import { statOf } from '../runtime/files.ts'
import { type Project, folderProject } from './project.ts'

export interface FoundProjects {
  readonly projects: readonly Project[]
  /** From where the command was given. */
  path(configuration: string, file: string): string
}

/**
 * What is to be checked, by the paths that were named.
 *
 * @throws Fault `USAGE` for a path that is not there
 */
export async function findProjects(paths: readonly string[]): Promise<FoundProjects> {
  const projects = await Promise.all(paths.map(projectAt))
  return { projects, path: (configuration, file) => (configuration === '.' ? file : `${configuration}/${file}`) }
}

async function projectAt(path: string): Promise<Project> {
  const name = path.replace(/(?<=.)\/+$/, '')
  const stat = await statOf(path).catch((cause: unknown) => {
    throw new Fault('USAGE', `${path} is not there.`, 'Name a project folder or a client file.', { cause })
  })
  if (stat.isDirectory) return folderProject(name, path)
  throw new Fault('USAGE', `${path} is no folder.`, 'Name a project folder.')
}
