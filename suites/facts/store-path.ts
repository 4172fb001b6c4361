/** Pure readings of a path as people write it: `/` or `\`, `~`, variables, none of them expanded. */

const parts = (path: string): readonly string[] => path.split(/[/\\]+/).filter((part) => part !== '')

/** Folders in which everybody on the machine may create files. */
const temporary =
  /^(?:file:)?(?:[/\\]+(?:private[/\\])?(?:var[/\\])?tmp|[/\\]dev[/\\]shm|\$\{?(?:TMPDIR|TEMP|TMP)\}?|%(?:TEMP|TMP)%|[A-Z]:[/\\](?:Windows[/\\])?Te?mp)(?:[/\\]|$)/i

export const isTemporary = (path: string): boolean => temporary.test(path)

const services: readonly (readonly [RegExp, string])[] = [
  [/^Dropbox(?: \(.*\))?$/i, 'Dropbox'],
  [/^(?:iCloud ?Drive|com~apple~CloudDocs|Mobile Documents)$/i, 'iCloud'],
  [/^OneDrive(?: ?- ?.*)?$/i, 'OneDrive'],
  [/^(?:Google ?Drive(?:-.*)?|My Drive)$/i, 'Google Drive'],
  [/^CloudStorage$/i, 'a synchronised folder'],
]

/** The service that copies this folder to other machines; undefined where none is known. */
export const syncedBy = (path: string): string | undefined =>
  services.find(([name]) =>
    parts(path)
      .slice(0, -1)
      .some((part) => name.test(part)),
  )?.[1]

/** Whether a path is one of a file or folder, rather than the word for another place. */
export const isPath = (text: string): boolean => /[/\\]|^\.|\.[a-z0-9]{1,8}$/i.test(text)

const folderOf = (path: string): string => parts(path).slice(0, -1).join('/')

/** Whether a copy of the folder that holds the one holds the other as well; a store may be a folder itself. */
export function liesBeside(key: string, store: string): boolean {
  const absolute = (path: string): boolean => /^[/\\~$%]|^[A-Z]:/i.test(path)
  if (absolute(key) !== absolute(store)) return false
  const holder = /\.[a-z0-9]{1,8}$/i.test(store) ? folderOf(store) : parts(store).join('/')
  return folderOf(key) === holder || folderOf(key).startsWith(`${holder}/`)
}
