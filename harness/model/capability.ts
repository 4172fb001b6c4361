/** What a subject can do. A closed list: a check that needs something else needs a new entry here first. */
export const capabilities = [
  'authorization-code',
  'id-token',
  'refresh-token',
  'token-file',
  'encrypted-tokens',
  'xoauth2',
  'oauthbearer',
  'read-mail',
  'append',
  'watch',
  'sign-out',
  'configuration-files',
] as const
export type Capability = (typeof capabilities)[number]

/** What a machine may lack. A check whose instrument is absent is inapplicable there, by name. */
export const instruments = ['file-modes', 'process-observation', 'git'] as const
export type Instrument = (typeof instruments)[number]

/** Which kind of time a check needs: none, the world's own clock, or real seconds. */
export type Time = 'none' | 'virtual' | { readonly real: number }
