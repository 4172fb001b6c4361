/** Gmail's own folders below `[Gmail]`. */
export const systemFolderNames = ['all', 'drafts', 'important', 'sent', 'spam', 'starred', 'trash'] as const
export type SystemFolderName = (typeof systemFolderNames)[number]

/** Languages whose folder names were seen; `fixtures/gmail/folders.json` has them and their sources. */
export const folderLanguages = ['en', 'en-GB', 'de', 'pt-BR', 'zh-TW'] as const
export type FolderLanguage = (typeof folderLanguages)[number]

/** What an account's owner chose in Gmail's settings, named as in Google's resource `ImapSettings` where that has it. */
export interface ImapSettings {
  /** Whether a message that is marked `\Deleted` leaves its folder at once. */
  readonly autoExpunge: boolean
  /** What becomes of a message that leaves the last folder in which IMAP shows it. */
  readonly expungeBehavior: 'archive' | 'trash' | 'deleteForever'
  /** Folders that the owner does not show in IMAP. */
  readonly hidden: readonly SystemFolderName[]
  /** INBOX keeps its name in every language. */
  readonly language: FolderLanguage
  /** The level above Gmail's own folders; accounts of some countries have the second. */
  readonly root: '[Gmail]' | '[Google Mail]'
}

/**
 * What the sources do not establish about Gmail's mail store, and what a scenario may turn.
 * `mocks/gmail/core/switches.ts` holds the defaults and says why each stands.
 */
export interface MailSwitches {
  /** Text behind `* OK [HIGHESTMODSEQ n]`, which the grammar demands; null for none. */
  readonly highestModSeqText: string | null
  /** Whether folders with folders below them are told with `\HasChildren` and `\HasNoChildren` at the same time. */
  readonly bothChildAttributes: boolean
  /** Where MOVE tells the new UIDs: in the tagged OK, or in an untagged one before it. */
  readonly moveUids: 'tagged' | 'untagged'
  /** How XYZZY, which Gmail advertises and explains nowhere, ends. */
  readonly xyzzy: string
  /** What RENAME of INBOX does. */
  readonly renameInbox: 'moves-messages' | 'refused'
  /** What becomes of a draft that is expunged. */
  readonly expungedDraft: 'deleted' | 'archived'
  /** What CREATE below `[Gmail]` does. */
  readonly createBelowRoot: 'label' | 'refused'
}

export interface MailSetup {
  readonly settings?: Partial<ImapSettings>
  readonly switches?: Partial<MailSwitches>
}
