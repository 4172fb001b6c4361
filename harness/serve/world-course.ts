import type { Gmail } from '../../mocks/gmail/gmail.ts'
import type { Google } from '../../mocks/google/handlers.ts'
import type { ClientRegistration } from '../../mocks/google/registration/clients.ts'
import type { Consent } from '../../mocks/user-agent/consent.ts'
import type { Recorder } from '../journal.ts'
import type { GmailRefusal, SessionEnd } from '../model/gmail-setup.ts'
import type { ClientState } from '../model/google-setup.ts'
import type { RunningClock } from './served-world.ts'
import type { ReadWorld } from './world-file.ts'
import type { WorldFile } from './world-schema.ts'

type Event = NonNullable<WorldFile['events']>[number]

/** What a world file says about how things stand at the beginning, and how they go on. */
export interface WorldCourse {
  readonly clients: readonly { readonly id: string; readonly state: ClientState; readonly secretEnabled: boolean }[]
  /** By address. */
  readonly refusals: Readonly<Record<string, GmailRefusal>>
  /** Scopes that users leave unticked, by address. */
  readonly unticks: Readonly<Record<string, readonly string[]>>
  readonly sessionEnd: Partial<SessionEnd>
  readonly events: readonly Event[]
}

/** @throws Fault at an event that lacks its time, or a secret that the client does not have */
export function courseOf({ world, fault }: ReadWorld, clients: readonly ClientRegistration[]): WorldCourse {
  for (const [index, { happens, seconds }] of (world.events ?? []).entries())
    if ((happens === 'time-passes') !== (seconds !== undefined))
      throw fault(['events', index], '`seconds` belongs to time-passes, and to nothing else', 'Give both, or neither.')
  for (const [index, { secretEnabled }] of (world.clients ?? []).entries())
    if (secretEnabled === false && clients[index]!.client_secret === '')
      throw fault(['clients', index, 'secretEnabled'], 'this type of client has no secret', 'Leave it out.')
  const accounts = world.accounts ?? []
  return {
    clients: clients.map(({ client_id: id }, index) => ({
      id,
      state: world.clients?.[index]?.state ?? 'active',
      secretEnabled: world.clients?.[index]?.secretEnabled ?? true,
    })),
    refusals: Object.fromEntries(
      accounts.flatMap(({ address, imapRefusal }) => (imapRefusal === undefined ? [] : [[address, imapRefusal]])),
    ),
    unticks: Object.fromEntries(accounts.map(({ address, unticks = [] }) => [address, unticks])),
    sessionEnd: world.gmail?.sessionEnd ?? {},
    events: world.events ?? [],
  }
}

interface Played {
  readonly google: Google
  readonly gmail: Gmail
  readonly clock: RunningClock
}

/** Sets a new world to its beginning; what is returned is to be told whenever an account gets tokens from a sign-in. */
export function begin(course: WorldCourse, played: Played): (address: string) => void {
  const { google, gmail, clock } = played
  for (const { id, state, secretEnabled } of course.clients) {
    if (state !== 'active') google.setClient(id, state)
    if (!secretEnabled) google.setSecret(id, 0, false)
  }
  for (const [address, refusal] of Object.entries(course.refusals)) gmail.refuse(address, refusal)
  gmail.sessionEnd(course.sessionEnd)
  const seen = new Set<string>()
  return (address) => {
    if (seen.has(address)) return
    seen.add(address)
    for (const event of course.events)
      clock.schedule(clock.now() + (event.wait ?? 0) * 1000, () =>
        happenings[event.happens](played, { ...event, address, clients: course.clients }),
      )
  }
}

type Happening = Event & Pick<WorldCourse, 'clients'> & { readonly address: string }

const happenings: Readonly<Record<Event['happens'], (played: Played, event: Happening) => void>> = {
  'access-removed': ({ google }, { address }) => google.removeAccess(address),
  'password-changed': ({ google }, { address }) => google.changePassword(address),
  'account-disabled': ({ google }, { address }) => google.setAccount(address, 'disabled'),
  'account-deleted': ({ google }, { address }) => google.setAccount(address, 'deleted'),
  'application-restricted': ({ google }, { address }) => google.setPolicy(address, 'restricted'),
  'application-published': ({ google }, { clients }) => clients.forEach(({ id }) => google.publish(id)),
  'access-tokens-expired': ({ google }, { address }) => void google.expire(address, 'access-tokens'),
  'refresh-tokens-expired': ({ google }, { address }) => void google.expire(address, 'refresh-tokens'),
  'consents-expired': ({ google }, { address }) => void google.expire(address, 'consents'),
  'sessions-expired': ({ gmail }, { address }) => void gmail.expireSessions(address),
  'time-passes': ({ clock }, { seconds = 0 }) => clock.advance(seconds * 1000),
}

/** The record, read along for sign-ins that brought tokens. */
export const follow = (journal: Recorder, signedIn: (address: string) => void): Recorder => ({
  record(stream, type, fields) {
    const at = journal.record(stream, type, fields)
    const issued =
      type === 'as.token.issued' ? (fields as { readonly account: string; readonly by: string }) : undefined
    if (issued?.by === 'authorization_code') signedIn(issued.account)
    return at
  },
})

/** A consent with what its user leaves unticked, unless it says itself which boxes are ticked. */
export function withUnticked({ unticks }: WorldCourse, consent: Consent): Consent {
  const left = unticks[consent.account] ?? []
  if (consent.scopes !== undefined || left.length === 0) return consent
  const asked = URL.parse(consent.url)?.searchParams.get('scope')?.split(/\s+/) ?? []
  return { ...consent, scopes: asked.filter((scope) => !left.includes(scope)) }
}
