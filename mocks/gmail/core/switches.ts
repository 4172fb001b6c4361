import type { ImapSettings, MailSetup, MailSwitches } from '../../../harness/model/mail-setup.ts'

const settings: ImapSettings = {
  // Gmail, Settings, Forwarding and POP/IMAP: “Auto-Expunge on - Immediately update the server. (default)”.
  autoExpunge: true,
  // The same page: “Archive the message (default)”.
  expungeBehavior: 'archive',
  hidden: [],
  language: 'en',
  root: '[Gmail]',
}

export const defaults: MailSwitches = {
  // Captured without a text: github.com/modern-email/defects issue 28, github.com/DirectoryTree/ImapEngine issue 76.
  highestModSeqText: null,
  // One report (github.com/jakartaee/mail-api issue 8); captures of 2018 and 2023 have one of them.
  bothChildAttributes: false,
  // github.com/ruby/net-imap pull request 398 (2025): Gmail still tells them in the tagged OK.
  moveUids: 'tagged',
  // Nothing is known but the name.
  xyzzy: 'OK Success',
  // RFC 3501 §6.3.5; what Gmail does is not known.
  renameInbox: 'moves-messages',
  // Another author’s fake Gmail server; clients replace a draft by expunging the old one.
  expungedDraft: 'deleted',
  // github.com/owncloud-archive/mail issue 1333 lists labels of the user there.
  createBelowRoot: 'label',
}

/** What one account’s mail is like. */
export interface MailRules extends ImapSettings, MailSwitches {}

export const mailRules = (setup: MailSetup = {}): MailRules => ({
  ...settings,
  ...defaults,
  ...setup.settings,
  ...setup.switches,
})
