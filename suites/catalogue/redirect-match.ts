import { each } from '../../harness/model/check.ts'
import { google } from '../../harness/model/clause.ts'
import { satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { type Journal, positionOf } from '../../harness/model/observation.ts'
import { answers } from '../facts/answers.ts'
import { type Platform, clientTypeIn, kindIn } from '../facts/clients.ts'
import { isRedirect, isWeb, registeredIn } from '../facts/redirects.ts'
import { unlessSeen } from '../facts/profiles.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 4: whether Google would answer at the redirect URI that the application sends. */

const hasFile = (journal: Journal, profile: string): boolean =>
  ['web', 'installed'].includes(kindIn(journal, profile) ?? '')

/** What Google takes from clients that register no redirect (native-app guide). */
const native: { readonly [T in Platform]?: string } = {
  desktop: 'http://127.0.0.1, as every desktop client may',
  android: 'no https redirect of an Android client',
  ios: 'the scheme of an iOS client',
}

/** What else is wrong with such a URI has checks of its own. */
const sent = each('config.uri', 'redirect URIs that the settings send', (uri, journal) => {
  const { name, profile, parsed } = uri.fields
  const hasRule = clientTypeIn(journal, profile) !== 'chrome-extension' && hasFile(journal, profile)
  return name === 'redirectUri' && isRedirect(uri) && isWeb(parsed) && hasRule
})

/** The registered URI that was meant: it differs in what Google compares too, and people do not. */
function nearly(uri: string, registered: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/\/$/, '')
  const [meant, ...others] = registered.filter((candidate) => plain(candidate) === plain(uri))
  return others.length === 0 ? meant : undefined
}

export const redirectRegistered = configurationCheck({
  id: 'cred/redirect-registered',
  title: 'The redirect URI that is sent is one that the client has',
  step: 4,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('web-server', 'Step 1: Set authorization parameters'),
  quote:
    'The value must exactly match one of the authorized redirect URIs for the OAuth 2.0 client … Note that the http or https scheme, case, and trailing slash (’/’) must all match.',
  inapplicable: unlessSeen(sent, 'no profile has both a client file and a redirectUri of http or https'),
  observes: sent,
  counterexamples: ['redirect-not-registered', 'redirect-with-a-slash-too-many'],
  consequence: 'Every sign-in ends with “Error 400” on Google’s page; the application never hears of it.',
  fix: 'Register the very URI in the Google console, to the last slash, and download the client file again.',
  judge(uri, journal) {
    const { profile, uri: text, parsed } = uri.fields
    const type = clientTypeIn(journal, profile)
    const answer = answers.redirectUriMismatch
    if (type === 'web') {
      const listed = registeredIn(journal, profile)
      if (listed.length === 0) return undecided(`the client file of ${profile} lists no redirect_uris`)
      const registered = listed.map(({ fields }) => fields.uri)
      if (registered.includes(text)) return satisfied(positionOf(uri))
      const replacement = nearly(text, registered)
      const more = replacement === undefined ? {} : { replacement }
      return violated({ expected: registered.slice(0, 3).join(' or '), actual: text, answer, ...more }, positionOf(uri))
    }
    // Of a desktop client any port and any path; whether plain HTTP goes anywhere else has checks of its own.
    return parsed?.scheme === 'http'
      ? satisfied(positionOf(uri))
      : violated({ expected: native[type ?? 'desktop'] ?? '', actual: text, answer }, positionOf(uri))
  },
})
