/** What Google does not export and a person therefore states, of a project or of one of its clients. */
export const projectFacts = {
  name: 'what the project is for',
  userType: 'External or Internal',
  publishingStatus: 'Testing or In production',
  verification: 'verified, pending, personal-use (at most 100 users), not-needed or unverified',
  testUsers: 'list of addresses, or their number',
  enabledApis: 'list, such as gmail.googleapis.com',
  contacts: 'list of addresses that Google writes to',
  casa: 'day of the last CASA assessment, such as 2026-03-01; none where data never reaches a server',
} as const satisfies Readonly<Record<string, string>>

export const clientFacts = {
  secrets: 'list of {created, enabled}: days and flags, never the secret',
  lastUsed: 'day of the last token request, such as 2026-10-01',
  customScheme: 'flag: the switch for custom schemes of an Android client is on',
} as const satisfies Readonly<Record<string, string>>
