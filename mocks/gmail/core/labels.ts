import folders from '../../../fixtures/gmail/folders.json' with { type: 'json' }
import type { FolderLanguage, SystemFolderName } from '../../../harness/model/mail-setup.ts'

/** One of Gmail's folders: a view of a system label. */
export interface SystemFolder {
  readonly key: SystemFolderName
  /** The label as X-GM-LABELS writes it; null for All Mail, which is a view of no label. */
  readonly label: string | null
  /** RFC 6154, and `\Important` (RFC 8457). */
  readonly specialUse: string
  /** What XLIST said before there was RFC 6154 (Google, IMAP extensions). */
  readonly xlist: string
}

export const systemFolders: readonly SystemFolder[] = [
  { key: 'all', label: null, specialUse: '\\All', xlist: '\\AllMail' },
  { key: 'drafts', label: '\\Draft', specialUse: '\\Drafts', xlist: '\\Drafts' },
  { key: 'important', label: '\\Important', specialUse: '\\Important', xlist: '\\Important' },
  { key: 'sent', label: '\\Sent', specialUse: '\\Sent', xlist: '\\Sent' },
  { key: 'spam', label: '\\Spam', specialUse: '\\Junk', xlist: '\\Spam' },
  { key: 'starred', label: '\\Starred', specialUse: '\\Flagged', xlist: '\\Starred' },
  { key: 'trash', label: '\\Trash', specialUse: '\\Trash', xlist: '\\Trash' },
]

/** The folder's name below the root. */
export const folderName = (key: SystemFolderName, language: FolderLanguage): string => folders[language].names[key]

/** Messages under these are in no other folder, All Mail included. */
export const exclusiveLabels: readonly string[] = ['\\Trash', '\\Spam']

/** Flags that are labels too: setting one sets the other. */
export const labelOfFlag: readonly (readonly [flag: string, label: string])[] = [
  ['\\Flagged', '\\Starred'],
  ['\\Draft', '\\Draft'],
]
export const isLabelOfFlag = (label: string): boolean => labelOfFlag.some(([, own]) => own === label)

const systemLabels = new Map(
  ['\\Inbox', ...systemFolders.flatMap(({ label }) => label ?? [])].map((label) => [label.toLowerCase(), label]),
)

/** Whether a label is Gmail's own. A user's may begin with a backslash as well. */
export const isSystemLabel = (label: string): boolean => systemLabels.has(label.toLowerCase())

/** System labels in their own case; a user's label stays as it is. */
export const canonicalLabel = (label: string): string => systemLabels.get(label.toLowerCase()) ?? label

const systemFlags = new Map(
  ['\\Answered', '\\Flagged', '\\Draft', '\\Deleted', '\\Seen'].map((flag) => [flag.toLowerCase(), flag]),
)

/** System flags in their own case; a keyword stays as it is; undefined for `\Recent` and unknown system flags. */
export const canonicalFlag = (flag: string): string | undefined =>
  flag.startsWith('\\') ? systemFlags.get(flag.toLowerCase()) : flag
