import type { SecretRef } from './secret.ts'

/** Where something stands in a file; path from the project’s folder, line and column from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/**
 * What a file of a project turned out to be. The first four are Google’s own: the client files of the console, a service
 * account’s key, and what `gcloud auth application-default login` leaves behind.
 */
export const configurationFileKinds = [
  'installed',
  'web',
  'service_account',
  'authorized_user',
  'several',
  'unknown',
  'gate',
  'settings',
  'environment',
  'attestation',
  'baseline',
] as const
export type ConfigurationFileKind = (typeof configurationFileKinds)[number]

/** What stands behind a member of a client file: a text, one without a character, a list of texts, or anything else. */
export type MemberShape = 'text' | 'empty' | 'texts' | 'other'

/** Where the application takes a value from: written out, or named and fetched at run time. */
export type ValueSource = 'literal' | 'environment' | 'store'

/** A URI as Google’s rules look at it (google-facts 7.1). */
export interface ParsedUri {
  /** Lower case, without the colon. */
  readonly scheme: string
  /** Lower case, without brackets and port; the empty string where there is none. */
  readonly host: string
  readonly port: string
  readonly hostKind: 'none' | 'name' | 'localhost' | 'loopback-ip' | 'private-ip' | 'ip'
  /** Whether the host ends in a public suffix: one of ICANN’s, one of a company’s, or none that is known. */
  readonly suffix: 'icann' | 'private' | 'unknown'
  /** The domain that somebody registered, such as `example.co.uk`; null where there is none. */
  readonly registrable: string | null
  readonly userinfo: boolean
  /** As written, percent-encoding kept: a parser would fold `/..` away. */
  readonly path: string
  readonly query: string
  readonly fragment: boolean
}

/** Credentials that are found where they should not be. */
export const credentialKinds = [
  'installed-client-secret',
  'web-client-secret',
  'client-secret',
  'refresh-token',
  'access-token',
  'service-account-key',
] as const
export type CredentialKind = (typeof credentialKinds)[number]

/** What reading a project folder and its repository records. */
export interface ObservedConfiguration {
  /** `today` in UTC, such as `2026-11-22`: it decides whether an attestation is old. `played`: `--play` was asked. */
  'config.begun': { configuration: string; today: string; played: boolean }
  /**
   * A file that was read, or that could not be: then `problem` says what was expected at this place. `mode`: four octal
   * digits where the file holds secrets and the system has such modes. `members`: those of a client file, without `type`.
   */
  'config.file': Place & {
    profile: string
    kind: ConfigurationFileKind
    problem?: string
    mode?: string
    members?: Readonly<Record<string, MemberShape>>
    /** Kept by version control, which knows no modes but the executable bit. */
    tracked?: boolean
  }
  /**
   * `name`: of `settingNames`, or `client.` and the member of Google’s file. `written`: how the file says it, where the
   * checks know it by another word.
   */
  'config.value': Place & {
    pointer: string
    profile: string
    name: string
    value: string | SecretRef | readonly string[]
    written?: string
    source: ValueSource
  }
  /** Each redirect, origin, endpoint and page once more, in parts; `parsed` is null for what is no URI. */
  'config.uri': Place & {
    pointer: string
    profile: string
    name: string
    uri: string
    parsed: ParsedUri | null
  }
  /** Each member of a list among the settings once more, with its own place; a list in one text is one member. */
  'config.item': Place & { pointer: string; profile: string; name: string; value: string }
  /** A member that nobody knows: Google adds some, people misspell some. */
  'config.unknown': Place & { pointer: string; name: string; nearest: string | null }
  /** The same client id or secret stands in other configurations too. */
  'config.shared': Place & { profile: string; member: 'client_id' | 'client_secret'; others: readonly string[] }
  /**
   * `rules`: how many of the catalogue it names, `standards`: those of them that a standard or Google demands; `covers`:
   * findings that it excuses today, null where not all of its rules could be judged; `by`: who answers for it; `inherited`:
   * it stands in a shared policy.
   */
  'config.waiver': Place & {
    rule: string
    path: string
    reason: string
    expires: string
    by: string
    rules: number
    standards: number
    covers: number | null
    inherited: boolean
  }
  /** Findings that the baseline knows since a day and that occur no longer, `times` of them. */
  'config.gone': Place & { rule: string; path: string; since: string; times: number }
  /**
   * A step of the lifecycle that was played with this configuration, at the place of the value that decided it. `setting`:
   * its name, that of an attested fact included; `value`: what it says, null where it is secret or nothing is said.
   * `answer`: Google’s words where it refused; `reason`: ours, where it said nothing, where nothing can be told, or where
   * something was assumed. `after`: simulated seconds since the sign-in.
   */
  'config.played': Place & {
    profile: string
    step: string
    outcome: 'done' | 'refused' | 'undecided'
    setting: string
    value: string | null
    answer: string
    reason: string
    after: number
  }
  /**
   * What a person states and Google does not export. `of`: the project number or client id; a list is told with blanks
   * between its members. The file’s own `checkedOn` is told first, of nothing.
   */
  attestation: Place & {
    of: string
    name: string
    value: string
    checkedOn: string
    checkedBy: string
  }

  /**
   * `files`: how many were looked into, `built`: those of them that tools made; `left`: what was not, by reason (`nested`: repositories of their own). `note`: what
   * git would not tell and why, in words for people.
   */
  'repository.begun': {
    vcs: 'git' | 'refused' | 'missing' | 'none'
    files: number
    built: number
    /** Whether earlier commits were searched: all, those of a shallow clone, what a partial one has, what time allowed. */
    history: 'whole' | 'shallow' | 'partial' | 'cut' | 'not asked' | 'none'
    left: Readonly<Record<'huge' | 'link' | 'unreadable' | 'nested', number>>
    note: string | null
  }
  /**
   * A credential in a file, once however often it stands there; `commit`: one that holds it, for `history`. `mode`: four
   * octal digits where the file is not kept by version control and the system has such modes.
   */
  'repository.secret': Place & {
    credential: CredentialKind
    secret: SecretRef
    where: 'tracked' | 'untracked' | 'ignored' | 'history' | 'artefact'
    commit: string | null
    mode?: string
  }
  /**
   * A file with confidential secrets that version control does not keep, and a way by which it could leave the machine.
   * `by`: what takes it along, such as `Dockerfile:3`; `excludedBy`: the rule that stops it, such as `.gitignore:3`, or null.
   */
  'repository.exposure': Place & { way: 'commit' | 'package' | 'image'; by: string; excludedBy: string | null }
  /** A library of this field, as the lock file has it; `advisory`: what is known against this version. */
  'repository.library': Place & {
    name: string
    version: string
    pinned: boolean
    advisory: { id: string; title: string; fixedIn: string | null } | null
  }
}
