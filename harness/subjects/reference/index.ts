import * as oidc from 'openid-client'
import type { Act, ActOutcome, Delivered } from '../../model/act.ts'
import type { Capability } from '../../model/capability.ts'
import type { Subject, SubjectFactory, SubjectPorts } from '../../model/subject.ts'
import { openVault } from '../../vault/vault.ts'
import { AccountProblem } from './account-problem.ts'
import { type MailPorts, openSession, readFolder, watchFolder } from './mail-session.ts'
import { type ReferencePolicy, referencePolicy } from './policy.ts'
import { signIn } from './sign-in.ts'
import { tokenLifecycle } from './token-lifecycle.ts'
import type { TokenStore } from './token-store.ts'

const capabilities: readonly Capability[] = [
  'authorization-code',
  'id-token',
  'refresh-token',
  'token-file',
  'encrypted-tokens',
  'xoauth2',
  'oauthbearer',
  'read-mail',
  'watch',
  'sign-out',
]

export interface ReferenceVariant {
  readonly name?: string
  readonly policy?: Partial<ReferencePolicy>
  /** Wraps the ports before the client sees them. */
  readonly ports?: (ports: SubjectPorts) => SubjectPorts
  readonly store?: (ports: SubjectPorts) => TokenStore | Promise<TokenStore>
}

const vault = ({ home, vaultKey }: SubjectPorts): Promise<TokenStore> =>
  openVault({ directory: `${home}/tokens`, key: vaultKey })

/** The four files of the reference client, wired as a subject; a variant replaces single decisions or ports. */
export const referenceClient =
  (variant: ReferenceVariant = {}): SubjectFactory =>
  async (given) => {
    const ports = variant.ports?.(given) ?? given
    const policy = { ...referencePolicy, ...variant.policy }
    const store = await (variant.store ?? vault)(ports)
    const log = (event: string, account: string, detail?: unknown): void =>
      ports.log(policy.logLine(event, account, detail))
    const server = once(() => discover(ports))
    const tokens = tokenLifecycle({ policy, server, store, now: ports.now, log })
    const mail: MailPorts = { policy, tokens, imap: ports.imap, log }
    const watches = new Map<string, { stop(): Promise<void> }>()

    const stopWatching = async (account: string): Promise<void> => {
      const watch = watches.get(account)
      watches.delete(account)
      await watch?.stop().catch(() => undefined)
    }

    const perform = async (act: Act): Promise<ActOutcome> => {
      switch (act.act) {
        case 'sign-in': {
          const again = (await store.load(act.account)) !== undefined
          await store.save(act.account, await signIn({ ...ports, policy, server }, act.account, again))
          log('signed-in', act.account)
          return { outcome: 'done' }
        }
        case 'check-mail':
          return { outcome: 'done', delivered: await read(mail, act.account, act.folder, '1:*') }
        case 'read':
          return { outcome: 'done', delivered: await read(mail, act.account, act.folder, String(act.uid)) }
        case 'watch':
          watches.set(act.account, await watchFolder(mail, act.account, act.folder))
          return { outcome: 'done' }
        case 'status':
          return (await store.load(act.account)) === undefined
            ? { outcome: 'needs-consent', reason: 'nobody is signed in' }
            : { outcome: 'done' }
        case 'sign-out':
          await stopWatching(act.account)
          await tokens.signOut(act.account)
          return { outcome: 'done' }
        case 'search':
        case 'append':
          return { outcome: 'failed', reason: `the reference client has no ${act.act}` }
      }
    }

    const subject: Subject = {
      name: variant.name ?? 'reference',
      version: '0.1.0',
      capabilities: new Set(capabilities),
      perform: (act) => perform(act).catch((error: unknown) => outcomeOf(error)),
      async [Symbol.asyncDispose]() {
        for (const account of [...watches.keys()]) await stopWatching(account)
      },
    }
    return subject
  }

/** Takes every endpoint from the issuer's own metadata, whose `issuer` must be the one that was asked (RFC 8414 §3.3). */
const discover = ({ issuer, client, fetch }: SubjectPorts): Promise<oidc.Configuration> =>
  oidc
    .discovery(new URL(issuer), client.client_id, undefined, oidc.ClientSecretPost(client.client_secret), {
      [oidc.customFetch]: (url, init) => fetch(url, init as RequestInit),
    })
    .catch((error: unknown) => {
      throw new AccountProblem('configuration', `the metadata of ${issuer} cannot be used`, { cause: error })
    })

/** Remembers the first success; a failure is tried again next time. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => {
    result ??= work().catch((error: unknown) => {
      result = undefined
      throw error
    })
    return result
  }
}

async function read(mail: MailPorts, account: string, folder: string, range: string): Promise<readonly Delivered[]> {
  const client = await openSession(mail, account)
  try {
    const messages = await readFolder(client, folder, range, mail.policy)
    return await Promise.all(
      messages.map(async ({ source, ...message }) => ({ folder, ...message, sha256: await sha256(source) })),
    )
  } finally {
    await client.logout()
  }
}

const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (octet) =>
    octet.toString(16).padStart(2, '0'),
  ).join('')

const outcomeOf = (error: unknown): ActOutcome =>
  error instanceof AccountProblem
    ? { outcome: error.outcome, reason: error.message }
    : { outcome: 'failed', reason: error instanceof Error ? error.message : String(error) }

export default referenceClient()
