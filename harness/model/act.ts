/** What a scenario asks of a subject. Acts are data: they cross threads, processes and languages. */
export type Act =
  | { readonly act: 'sign-in'; readonly account: string }
  | { readonly act: 'check-mail'; readonly account: string; readonly folder: string }
  | { readonly act: 'read'; readonly account: string; readonly folder: string; readonly uid: number }
  | { readonly act: 'search'; readonly account: string; readonly folder: string; readonly text: string }
  | { readonly act: 'append'; readonly account: string; readonly folder: string; readonly message: string }
  | { readonly act: 'watch'; readonly account: string; readonly folder: string }
  | { readonly act: 'status'; readonly account: string }
  | { readonly act: 'sign-out'; readonly account: string }

/** One message as the subject read it. `gmMessageId` is a decimal string because it exceeds 2^53. */
export interface Delivered {
  readonly folder: string
  readonly uid: number
  readonly gmMessageId?: string
  /** Lower-case hexadecimal SHA-256 of the message's bytes; absent when only its envelope was read. */
  readonly sha256?: string
  readonly labels?: readonly string[]
}

/** How an act ended. `failed` is for what the other four do not cover; `reason` is for people. */
export type ActOutcome =
  | { readonly outcome: 'done'; readonly delivered?: readonly Delivered[] }
  | { readonly outcome: 'needs-consent'; readonly reason: string }
  | { readonly outcome: 'transient'; readonly reason: string }
  | { readonly outcome: 'configuration'; readonly reason: string }
  | { readonly outcome: 'failed'; readonly reason: string }

export type OutcomeName = ActOutcome['outcome']
