import type { SecretKind } from '../../model/secret.ts'
import type { Into } from '../into.ts'
import type { PlainCredential } from './credentials.ts'
import { findLibraries } from './find-libraries.ts'
import type { Listing } from './listing.ts'
import { searchFiles } from './search-files.ts'
import { type SearchedHistory, searchHistory } from './search-history.ts'
import { type Sighting, credentialKinds } from './sighting.ts'
import { waysOut } from './ways-out.ts'

/** What is registered before anything is recorded; the registry has no name of its own for keys. */
const secretKinds: Readonly<Record<PlainCredential, SecretKind>> = {
  'client-secret': 'client-secret',
  'refresh-token': 'refresh-token',
  'access-token': 'access-token',
  'service-account-key': 'client-secret',
}

/** Records what a repository shows: credentials in files and commits, ways by which they could leave, libraries. */
export async function readRepository(listing: Listing, history: boolean, to: Into): Promise<void> {
  // git has its own process, and the second core.
  const searching = history && listing.vcs === 'git' ? searchHistory(listing) : undefined
  const { sightings: present, searched, built, left } = await searchFiles(listing)
  const past = await searching
  const sightings = [...present, ...goneBy(past, present)]
  for (const { credential, value } of sightings) to.secrets.learn(secretKinds[credential], value)
  to.record('repository.begun', {
    vcs: listing.vcs,
    files: searched,
    built,
    history: listing.vcs !== 'git' ? 'none' : (past?.outcome ?? 'not asked'),
    left: { ...left, link: left.link + listing.links, nested: listing.nested },
    note: listing.note,
  })
  recordSecrets(sightings, to)
  await recordWaysOut(listing, sightings, to)
  for (const library of findLibraries(listing)) to.record('repository.library', library)
}

/** What version control keeps today too is told once, where it stands today. Access tokens of the past are dead. */
const goneBy = (past: SearchedHistory | undefined, present: readonly Sighting[]): readonly Sighting[] => {
  const kept = new Set(present.filter(({ where }) => where === 'tracked').map(({ value }) => value))
  return (past?.sightings ?? []).filter(({ value, credential }) => !kept.has(value) && credential !== 'access-token')
}

function recordSecrets(sightings: readonly Sighting[], { record, secrets }: Into): void {
  const kindOf = credentialKinds(sightings)
  for (const sighting of sightings) {
    const { file, line, column, where, commit, mode, credential, value } = sighting
    const secret = secrets.learn(secretKinds[credential], value)
    const told = { file, line, column, credential: kindOf(sighting), secret, where, commit }
    record('repository.secret', mode === undefined ? told : { ...told, mode })
  }
}

async function recordWaysOut(listing: Listing, sightings: readonly Sighting[], to: Into): Promise<void> {
  const kindOf = credentialKinds(sightings)
  const first = new Map<string, Sighting>()
  for (const sighting of sightings) {
    const kind = kindOf(sighting)
    const outside = sighting.where === 'untracked' || sighting.where === 'ignored'
    // Google does not treat a desktop client’s secret as one (google-facts 7.4), and an access token is dead in an hour.
    if (!outside || kind === 'installed-client-secret' || kind === 'access-token') continue
    if (!first.has(sighting.file)) first.set(sighting.file, sighting)
  }
  if (first.size === 0) return
  for (const [file, ways] of await waysOut(listing, [...first.keys()])) {
    const { line, column } = first.get(file)!
    for (const way of ways) to.record('repository.exposure', { file, line, column, ...way })
  }
}
