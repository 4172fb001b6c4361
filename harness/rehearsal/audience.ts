import type { AccountRegistration } from '../../mocks/google/registration/accounts.ts'
import { type Project, createProject } from '../../mocks/google/registration/projects.ts'
import { type Profile, textOf } from './profile.ts'

/** A Google project as the attestation has it, and the user who signs in. */
export interface Audience {
  readonly project: Project
  readonly account: AccountRegistration
  /** What nobody attested and how it is played, by the name of the fact. */
  readonly assumed: ReadonlyMap<string, string>
}

const isAddress = (word: string): boolean => /^[^@\s]+@[^@\s]+$/.test(word)
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()
/** Nobody administers a consumer account (google-facts 9). */
const consumer = new Set(['gmail.com', 'googlemail.com'])

/**
 * What nobody attested is as Google makes it and as strict as lets anything be played: External, Testing, not verified; the
 * user is one of the test users (google-facts 6).
 *
 * @param projectId the project’s number, or its name where there is no number
 */
export function audienceOf(profile: Profile, projectId: string): Audience {
  const assumed = new Map<string, string>()
  const attested = (fact: string, otherwise: string): string => {
    const text = textOf(profile, fact)
    if (text === undefined) assumed.set(fact, otherwise)
    return text ?? otherwise
  }
  const internal = /^internal$/i.test(attested('userType', 'External'))
  const production = internal || /^in production$/i.test(attested('publishingStatus', 'Testing'))
  const verified = internal || !production || /^(?:verified|not-needed)$/.test(attested('verification', 'unverified'))
  const organisation = internal ? organisationOf(profile) : null
  const { address, listed } = userOf(profile, organisation)
  if (!production && profile.said('testUsers') === undefined) assumed.set('testUsers', `${address} among them`)
  return {
    project: createProject(projectId, {
      userType: internal ? 'internal' : 'external',
      publishingStatus: production ? 'production' : 'testing',
      verified,
      testUsers: listed ? [address] : [],
      organisation,
    }),
    account: accountOf(address),
    assumed,
  }
}

/** A person with an account: of a Workspace organisation unless the address is a consumer’s. */
export const accountOf = (address: string): AccountRegistration => ({
  address: address.toLowerCase(),
  sub: '110169484474386276334',
  name: 'Example User',
  organisation: consumer.has(domainOf(address)) ? null : domainOf(address),
})

/** An Internal project is its organisation’s: the one that its people are members of. */
function organisationOf(profile: Profile): string {
  const people = ['contacts', 'owners', 'subject'].flatMap((name) => profile.said(name)?.values ?? [])
  return (
    people
      .filter(isAddress)
      .map(domainOf)
      .find((domain) => !consumer.has(domain)) ?? 'example.com'
  )
}

/** Whoever is most likely to be refused: a tester from outside the organisation, or a user where no tester is listed. */
function userOf(profile: Profile, organisation: string | null): { readonly address: string; readonly listed: boolean } {
  const testers = profile.said('testUsers')?.values ?? []
  const addresses = testers.filter(isAddress)
  const outside = addresses.find((address) => organisation !== null && domainOf(address) !== organisation)
  const none = profile.said('testUsers') !== undefined && testers.every((word) => word === '0')
  return { address: outside ?? addresses[0] ?? `user@${organisation ?? 'example.com'}`, listed: !none }
}
