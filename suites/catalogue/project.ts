import { each } from '../../harness/model/check.ts'
import { google, ownRule } from '../../harness/model/clause.ts'
import { satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { type Journal, positionOf } from '../../harness/model/observation.ts'
import { attestedOf } from '../facts/attestation.ts'
import { clientTypeIn, isSameProject, kindIn, platformIn, projectIn, tierOf } from '../facts/clients.ts'
import { eachProfile, unlessSeen } from '../facts/profiles.ts'
import { type ObservedUri, isLoopback, isTemplate } from '../facts/redirects.ts'
import { type Setting, isProductionName, setting, valuesOf } from '../facts/settings.ts'
import { configurationCheck } from './configuration-check.ts'

/** Steps 2 and 3, as far as files can show them: the Google project and its enabled APIs. */

/** What tells a profile’s Google project. */
const anchorOf = (journal: Journal, profile: string): Setting | undefined =>
  setting(journal, profile, 'client.client_id') ?? setting(journal, profile, 'client.project_id')

const anchors = eachProfile(['config.value'], 'clients of each profile', (journal, profile) => {
  const anchor = anchorOf(journal, profile)
  return anchor === undefined ? [] : [{ profile, anchor }]
})
const anchorsIn = (journal: Journal) => anchors.select(journal).map(({ evidence }) => evidence)

const pairs = eachProfile(['config.value'], 'pairs of a development and a “production” client', (journal, profile) => {
  const anchor = anchorOf(journal, profile)
  if (anchor === undefined || !isProductionName(profile)) return []
  const development = anchorsIn(journal)
    .map((other) => other.profile)
    .filter((other) => !isProductionName(other))
  return development.length === 0 ? [] : [{ profile, anchor, development }]
})

export const separateProduction = configurationCheck({
  id: 'proj/separate-prod',
  title: 'Development and production use different Google projects',
  step: 2,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('policy-compliance', 'Use separate projects for testing and production'),
  quote: 'Google’s OAuth policies require separate projects for testing and production.',
  inapplicable: unlessSeen(pairs, 'there is no client of a profile called production beside one of another profile'),
  observes: pairs,
  counterexamples: ['one-project-for-both', 'staging-in-the-production-project'],
  consequence: 'A test redirect, a test user limit or a deleted test client reaches production users.',
  fix: 'Create a second project in the Google console for production and download its own client file.',
  judge({ profile, anchor, development }, journal) {
    const shared = development.find((other) => isSameProject(journal, profile, other) === true)
    const unknown = development.find((other) => isSameProject(journal, profile, other) === undefined)
    if (shared === undefined)
      return unknown === undefined
        ? satisfied(positionOf(anchor))
        : undecided(`the client files of ${profile} and ${unknown} do not tell their projects`, positionOf(anchor))
    const { number, id = '' } = projectIn(journal, profile)
    const actual = `project ${number ?? id}, which ${shared} uses too`
    return violated({ expected: `a project of its own for ${profile}`, actual }, positionOf(anchor))
  },
})

const testWord = /^(?:dev|develop|development|tests?|testing|qa|uat|stage|staging|preprod)\d*$/

/** The host of a test environment: this machine, or a name that says so below the domain that was registered. */
function isTestHost({ fields: { parsed } }: ObservedUri): boolean {
  if (parsed === null) return false
  const { host, registrable, suffix } = parsed
  if (registrable === null) return isLoopback(parsed)
  const own = host.replace(/\.$/, '').slice(0, -registrable.length)
  // Below a company’s suffix, such as github.io, the registered label is the application’s own.
  const labels = suffix === 'private' ? `${own}${registrable.split('.')[0]}` : own
  return labels.split(/[.-]/).some((word) => testWord.test(word))
}

const productionUris = each(
  'config.uri',
  'redirect URIs and origins of production web clients',
  ({ fields }, journal) =>
    ['client.redirect_uris', 'client.javascript_origins', 'redirectUri'].includes(fields.name) &&
    isProductionName(fields.profile) &&
    !isTemplate(fields.uri) &&
    clientTypeIn(journal, fields.profile) === 'web' &&
    // A desktop program’s web client is the wrong client; its loopback redirect is no test.
    [undefined, 'web'].includes(platformIn(journal, fields.profile)),
)

export const noTestRedirects = configurationCheck({
  id: 'proj/prod-no-test-redirects',
  title: 'Production web clients have no redirect to test environments',
  step: 2,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('policy-compliance', 'Use separate projects for testing and production'),
  quote:
    'Google OAuth clients used in production must not contain test environments, redirect URIs, or JavaScript origins available to only you or your development team.',
  inapplicable: unlessSeen(productionUris, 'no web client of a profile called production has redirect URIs'),
  observes: productionUris,
  counterexamples: ['production-redirects-to-localhost', 'production-redirects-to-staging'],
  consequence: 'A code of a production user can be sent to a developer’s machine; verification is refused.',
  fix: 'Remove the URI from the production client, and register it with a client of the development project.',
  judge: (uri) =>
    isTestHost(uri) ? violated({ expected: 'hosts that users reach', actual: uri.fields.uri }) : satisfied(),
})

/** Clients of one tier on several platforms, each beside the first that is for another platform. */
const tiers = eachProfile(['config.value'], 'clients of one tier', (journal, profile) => {
  const clients = anchorsIn(journal).filter(
    (other) => tierOf(other.profile) === tierOf(profile) && kindIn(journal, other.profile) !== 'service_account',
  )
  const index = clients.findIndex((client) => client.profile === profile)
  const platform = platformIn(journal, profile)
  const first = clients
    .slice(0, Math.max(index, 0))
    .find((other) => ![undefined, platform].includes(platformIn(journal, other.profile)))
  return platform === undefined || first === undefined
    ? []
    : [{ profile, anchor: clients[index]!.anchor, first: first.profile }]
})

export const sameProjectClients = configurationCheck({
  id: 'proj/same-project-clients',
  title: 'The clients of one application share a Google project',
  step: 2,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule('consents belong to a project: Google, web-server guide, “Incremental authorization”'),
  inapplicable: unlessSeen(
    tiers,
    'no tier has clients of several platforms, such as production-web and production-ios',
  ),
  observes: tiers,
  counterexamples: ['clients-in-two-projects'],
  consequence: 'A user who consented on one device is asked again on the next, and each project is verified by itself.',
  fix: 'Create the clients of all platforms in one project.',
  judge({ profile, anchor, first }, journal) {
    const same = isSameProject(journal, profile, first)
    if (same === undefined) return undecided(`the client files of ${profile} and ${first} do not tell their projects`)
    return same
      ? satisfied(positionOf(anchor))
      : violated({ expected: `the project of ${first}`, actual: 'another one' }, positionOf(anchor))
  },
})

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text)
/** `group:` says that several people read what is sent there. */
const isGroup = (text: string): boolean => text.startsWith('group:') && isAddress(text)

const contacts = eachProfile(['config.value', 'attestation'], 'contacts of production', (journal, profile) =>
  isProductionName(profile)
    ? [{ profile, owners: setting(journal, profile, 'owners'), contacts: attestedOf(journal, profile, 'contacts')[0] }]
    : [],
)

export const contactsDeclared = configurationCheck({
  id: 'proj/contacts-declared',
  title: 'Two people, or a group, are reachable about the production project',
  step: 2,
  level: 'SHOULD',
  requiredBy: 'Google',
  clause: google('policy-compliance', 'Maintain a list of relevant contacts for the project'),
  quote: 'Project owners and editors must be kept up-to-date.',
  inapplicable: unlessSeen(contacts, 'no profile is called production'),
  observes: contacts,
  counterexamples: ['one-owner', 'owners-without-addresses'],
  consequence: 'Google’s notice before it deletes a client or cuts a scope off reaches nobody.',
  fix: 'Add a second owner to the project and list both, or one as group:team@example.com.',
  judge({ profile, owners, contacts: attested }) {
    const [at] = [owners, attested].filter((piece) => piece !== undefined).map(positionOf)
    if (at === undefined) return undecided(`neither settings nor attestation name owners of ${profile}`)
    const listed = [...(owners === undefined ? [] : valuesOf(owners)), ...(attested?.fields.value.split(' ') ?? [])]
    const reached = new Set(listed.filter(isAddress).map((address) => address.toLowerCase()))
    return reached.size >= 2 || listed.some(isGroup)
      ? satisfied(at)
      : violated({ expected: 'two addresses, or one group:address', actual: listed.join(' ') || 'none' }, at)
  },
})
