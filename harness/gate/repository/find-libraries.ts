import type { ObservedConfiguration } from '../../model/configuration.ts'
import { fileReader } from '../../runtime/file-contents.ts'
import { advisoryOn, isOfThisField } from './affected.ts'
import type { Listing } from './listing.ts'
import { isLockFile, readLockFile } from './lock-files.ts'

/** Lock files of the largest projects have some mebibytes. */
const largest = 16 * 1024 * 1024

/** The libraries of this field that the lock files of a project name. */
export function findLibraries({ directory, files }: Listing): readonly ObservedConfiguration['repository.library'][] {
  const read = fileReader(directory, largest)
  return files
    .filter(({ path, state }) => state !== 'ignored' && isLockFile(path))
    .flatMap(({ path: file }) => {
      const content = read(file)
      if (typeof content === 'string') return []
      return readLockFile(file, content.bytes.toString('utf8'))
        .filter(({ ecosystem, name }) => isOfThisField(ecosystem, name))
        .map(({ ecosystem, name, version, line, pinned }) => ({
          ...{ file, line, column: 1, name, version, pinned },
          advisory: advisoryOn(ecosystem, name, version),
        }))
    })
}
