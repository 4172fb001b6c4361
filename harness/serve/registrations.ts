import type { AccountRegistration } from '../../mocks/google/registration/accounts.ts'
import type { ClientRegistration } from '../../mocks/google/registration/clients.ts'
import { type Project, createProject } from '../../mocks/google/registration/projects.ts'
import { nearest } from '../nearest.ts'
import { type Random, createRandom, seedOf } from '../random.ts'
import type { ReadWorld } from './world-file.ts'
import type { WorldFile } from './world-schema.ts'

type ClientEntry = NonNullable<WorldFile['clients']>[number]
type AccountEntry = NonNullable<WorldFile['accounts']>[number]

/** The usual world: what a file leaves out. */
export const usualAccounts: readonly AccountEntry[] = [
  { address: 'alice@example.com', name: 'Alice Example', sub: '110169484474386276334', mailbox: 'example' },
  { address: 'bob@example.com', name: 'Bob Example', sub: '104718220536190427715', mailbox: 'example' },
]
const usualClients: readonly ClientEntry[] = [{ type: 'desktop' }]

const digits = '0123456789'
const lowercase = 'abcdefghijklmnopqrstuvwxyz0123456789'
const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Looks a project up by its name in the file; without a name it is the first. */
export type FindProject = (name: string | undefined, path: readonly (string | number)[]) => Project

/** @throws Fault at a client ID that its project cannot have */
export function projectsOf({ world, fault }: ReadWorld, random: Random): FindProject {
  const clients = world.clients ?? []
  const known = Object.entries(world.projects ?? {})
  const entries: typeof known = known.length > 0 ? known : [['', {}]]
  const [first = ''] = entries.map(([name]) => name)
  const numberOf = (name: string): string =>
    clients.find(({ id, project = first }) => id !== undefined && project === name)?.id?.match(/^\d+/)?.[0] ??
    `${1 + random.integer(9)}${random.text(11, digits)}`
  const projects = new Map(
    entries.map(([name, { number = numberOf(name), ...setup }]) => [name, createProject(number, setup)]),
  )
  return (name = first, path) => {
    const found = projects.get(name)
    if (found !== undefined) return found
    const names = known.map(([each]) => each)
    const hint = names.length === 0 ? 'Describe it under `projects`.' : `Did you mean ${nearest(name, names)}?`
    throw fault(path, 'there is no such project', hint)
  }
}

/** As `mocks/google/client-authentication.ts` has it. */
const secretless: ReadonlySet<ClientEntry['type']> = new Set(['android', 'ios', 'chrome'])

/** @throws Fault at a client that Google would not have registered */
export function clientsOf(read: ReadWorld, findProject: FindProject, random: Random): readonly ClientRegistration[] {
  const { world, fault } = read
  const clients = (world.clients ?? usualClients).map((entry, index): ClientRegistration => {
    const { type, id, secret, otherSecret, customScheme } = entry
    const project = findProject(entry.project, ['clients', index, 'project'])
    const clientId = id ?? `${project.id}-${random.text(32, lowercase)}.apps.googleusercontent.com`
    if (!clientId.startsWith(`${project.id}-`) && !clientId.startsWith(`${project.id}.`))
      throw fault(
        ['clients', index, 'id'],
        'a client ID begins with its project’s number',
        'Give both the same number.',
      )
    if (secretless.has(type) && (secret ?? otherSecret) !== undefined)
      throw fault(['clients', index], `a client of the type ${type} has no secret`, 'Leave the secret out.')
    if (type === 'web' && (entry.redirectUris ?? []).length === 0)
      throw fault(['clients', index], 'a web client has redirectUris', 'Name those that the application uses.')
    return {
      kind: type === 'web' ? 'web' : 'installed',
      type,
      project,
      client_id: clientId,
      client_secret: secretless.has(type) ? '' : (secret ?? `GOCSPX-${random.text(28, base64url)}`),
      redirect_uris: entry.redirectUris ?? ['http://localhost'],
      ...(otherSecret === undefined ? {} : { otherSecret }),
      ...(customScheme === undefined ? {} : { customScheme }),
    }
  })
  if (clients.length === 0)
    throw fault(['clients'], 'there is no client', 'Leave `clients` out to have a desktop client.')
  refuseTwins(
    clients.map(({ client_id }) => client_id),
    (index) => fault(['clients', index, 'id'], 'another client has this ID', 'Give each its own.'),
  )
  return clients
}

/** @throws Fault at an address that stands twice */
export function accountsOf({ world, fault }: ReadWorld): readonly AccountRegistration[] {
  const accounts = (world.accounts ?? usualAccounts).map(
    ({
      mailbox: _mailbox,
      messages: _messages,
      imapRefusal: _refusal,
      unticks: _unticks,
      address,
      ...entry
    }): AccountRegistration => ({
      name: address.slice(0, address.indexOf('@')),
      // The same at every start: applications keep it.
      sub: `1${createRandom(seedOf('account', address.toLowerCase())).text(20, digits)}`,
      ...entry,
      address,
    }),
  )
  if (accounts.length === 0) throw fault(['accounts'], 'there is no account', 'Leave `accounts` out to have two.')
  for (const member of ['address', 'sub'] as const)
    refuseTwins(
      accounts.map((account) => account[member].toLowerCase()),
      (index) => fault(['accounts', index, member], `another account has this ${member}`, 'Give each its own.'),
    )
  return accounts
}

function refuseTwins(values: readonly string[], faultAt: (index: number) => Error): void {
  const index = values.findIndex((value, at) => values.indexOf(value) !== at)
  if (index !== -1) throw faultAt(index)
}
