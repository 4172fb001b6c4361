import { google } from '../../harness/model/clause.ts'
import { satisfied, violated } from '../../harness/model/finding.ts'
import { type Journal, all, positionOf } from '../../harness/model/observation.ts'
import { eachProfile, unlessSeen } from '../facts/profiles.ts'
import { publicationOf } from '../facts/publication.ts'
import { productionProfiles } from '../facts/settings.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 5: the pages that the consent screen links to. */

const pageNames = ['homePage', 'privacyPolicy']
const redirectNames = ['redirectUri', 'client.redirect_uris', 'client.javascript_origins']

const uris = (journal: Journal, profile: string, names: readonly string[]) =>
  all(journal, 'config.uri').filter(({ fields }) => fields.profile === profile && names.includes(fields.name))

/** The domains that Google wants verified because users come back to them; none of a program on a user’s machine. */
const redirectDomains = (journal: Journal, profile: string): readonly string[] => [
  ...new Set(
    uris(journal, profile, redirectNames)
      .filter(({ fields: { parsed } }) => parsed?.scheme === 'https' && parsed.hostKind === 'name')
      .flatMap(({ fields: { parsed } }) => parsed?.registrable ?? []),
  ),
]

const pages = eachProfile(['config.uri'], 'page of a production application', (journal, profile) => {
  const internal = publicationOf(journal, profile).userType?.fields.value === 'Internal'
  if (internal || !productionProfiles(journal).includes(profile)) return []
  const domains = redirectDomains(journal, profile)
  return uris(journal, profile, pageNames).map((page) => ({ page, domains }))
})

export const brandUrls = configurationCheck({
  id: 'consent/brand-urls',
  title: 'Home page and privacy policy are https pages of a domain that the application uses',
  step: 5,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('policy-compliance', 'Host a home page for production apps'),
  quote: 'The home page must exist on a verified domain under your ownership.',
  inapplicable: unlessSeen(pages, 'no External production profile maps homePage or privacyPolicy'),
  observes: pages,
  counterexamples: ['home-page-without-tls', 'privacy-policy-on-another-domain'],
  consequence: 'Google’s verification is refused, and the consent screen shows no name.',
  fix: 'Host both pages with https on the domain of the redirect URIs, verified in the Search Console.',
  judge({ page, domains }) {
    const { uri, parsed } = page.fields
    if (parsed?.scheme !== 'https') return violated({ expected: 'an https page', actual: uri }, positionOf(page))
    const { registrable } = parsed
    if (registrable === null)
      return violated({ expected: 'a domain whose ownership can be verified', actual: uri }, positionOf(page))
    return domains.length === 0 || domains.includes(registrable)
      ? satisfied(positionOf(page))
      : violated({ expected: `a page of ${domains.join(' or ')}`, actual: uri }, positionOf(page))
  },
})
