/**
 * What Gmail's mailboxes do that those of a plain IMAP server do not, each by a name: a check that depends on one of them
 * says nothing about a client that was tried on a server without it. A closed list.
 */
export const worldFeatures = [
  /** X-GM-LABELS: labels that are read and set. */
  'labels',
  /** X-GM-MSGID and X-GM-THRID. */
  'gmail-identifiers',
  /** X-GM-RAW. */
  'gmail-search',
  /** One message in several folders: its flags are the same in each of them. */
  'shared-flags',
  /** Auto-Expunge, what becomes of expunged messages, and the other settings of the mailbox's owner. */
  'mail-settings',
  /** Mailboxes get another UIDVALIDITY at the scenario's word. */
  'renumber',
] as const
export type WorldFeature = (typeof worldFeatures)[number]
