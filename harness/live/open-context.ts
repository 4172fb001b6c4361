import type { OpenJournal } from '../journal.ts'
import type { Look } from '../model/drift.ts'
import type { LiveCause, LivePart } from '../model/live.ts'
import type { ClientCredentials } from '../model/world.ts'
import { createRandom } from '../random.ts'
import { type SecretRegistry, openSecrets } from '../secrets.ts'
import { withoutAddresses } from './account-secrets.ts'
import type { LiveContext } from './context.ts'
import { type FarSide, maskedAddress } from './far-side.ts'
import { type Budget, openLines } from './lines/lines.ts'
import { plainLook, plainly } from './plain-text.ts'

export interface ContextSettings {
  readonly farSide: FarSide
  readonly client: ClientCredentials
  readonly includeMail: boolean
  readonly budget: Budget
}

export interface ContextPorts {
  progress(account: string | undefined, part: LivePart, told: string, cause?: LiveCause): void
  readonly signal: AbortSignal
  now(): number
  random(length: number): Uint8Array<ArrayBuffer>
}

export interface OpenContext extends AsyncDisposable {
  readonly context: LiveContext
  readonly secrets: SecretRegistry
  looks(): readonly Look[]
}

/**
 * Opens what the parts of one journal work with: lines of their own, and a registry of the secrets that they will meet.
 *
 * @param named whose address must stand nowhere
 * @param account whose progress it is; undefined for what belongs to none
 */
export function openContext(
  { farSide, client, includeMail, budget }: ContextSettings,
  ports: ContextPorts,
  { journal, named, account }: { journal: OpenJournal; named: string; account: string | undefined },
): OpenContext {
  const registry = openSecrets(createRandom(0))
  const secrets = includeMail ? registry : withoutAddresses(registry, named, farSide)
  // A public client has none.
  if (client.client_secret !== '') secrets.learn('client-secret', client.client_secret)
  const address = account === undefined ? undefined : maskedAddress(account)
  const looks: Look[] = []
  const lines = openLines(farSide, { budget, signal: ports.signal })
  const context: LiveContext = {
    ...{ farSide, client, includeMail, secrets, lines, signal: ports.signal },
    // Names of members, capabilities and addresses are a server’s own words too.
    journal: { record: (stream, type, fields) => journal.record(stream, type, plainly(fields, secrets)) },
    now: () => ports.now(),
    random: (length) => ports.random(length),
    look: (look) => void looks.push(look),
    progress: (part, told, cause) => ports.progress(address, part, told, cause),
  }
  return {
    ...{ context, secrets },
    // At the end, when all secrets are known.
    looks: () => looks.map((look) => plainLook(look, secrets)),
    [Symbol.asyncDispose]: () => lines[Symbol.asyncDispose](),
  }
}
