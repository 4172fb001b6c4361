/** Gmail's folders: a view of a system label each, in the order of LIST (captured answers). */
export interface SystemFolder {
  readonly name: string
  /** The label as X-GM-LABELS writes it; null for All Mail, which is a view of no label. */
  readonly label: string | null
  /** RFC 6154, and `\Important` (RFC 8457). */
  readonly specialUse: string | null
}

export const systemFolders: readonly SystemFolder[] = [
  { name: 'INBOX', label: '\\Inbox', specialUse: null },
  { name: '[Gmail]/All Mail', label: null, specialUse: '\\All' },
  { name: '[Gmail]/Drafts', label: '\\Draft', specialUse: '\\Drafts' },
  { name: '[Gmail]/Important', label: '\\Important', specialUse: '\\Important' },
  { name: '[Gmail]/Sent Mail', label: '\\Sent', specialUse: '\\Sent' },
  { name: '[Gmail]/Spam', label: '\\Spam', specialUse: '\\Junk' },
  { name: '[Gmail]/Starred', label: '\\Starred', specialUse: '\\Flagged' },
  { name: '[Gmail]/Trash', label: '\\Trash', specialUse: '\\Trash' },
]

/** Messages under these are in no other folder, All Mail included. */
export const exclusiveLabels: readonly string[] = ['\\Trash', '\\Spam']

/** Flags that are labels too: setting one sets the other. */
export const labelOfFlag: Readonly<Record<string, string>> = { '\\Flagged': '\\Starred', '\\Draft': '\\Draft' }

const systemLabels = new Map(
  systemFolders.flatMap(({ label }) => (label === null ? [] : [[label.toLowerCase(), label] as const])),
)

/** System labels in their own case; a user's label stays as it is; undefined for an unknown system label. */
export const canonicalLabel = (label: string): string | undefined =>
  label.startsWith('\\') ? systemLabels.get(label.toLowerCase()) : label

const systemFlags = new Map(
  ['\\Answered', '\\Flagged', '\\Draft', '\\Deleted', '\\Seen'].map((flag) => [flag.toLowerCase(), flag]),
)

/** System flags in their own case; a keyword stays as it is; undefined for `\Recent` and unknown system flags. */
export const canonicalFlag = (flag: string): string | undefined =>
  flag.startsWith('\\') ? systemFlags.get(flag.toLowerCase()) : flag
