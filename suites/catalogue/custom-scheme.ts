import { each } from '../../harness/model/check.ts'
import { rfc } from '../../harness/model/clause.ts'
import { type Difference, satisfied, violated } from '../../harness/model/finding.ts'
import type { Journal } from '../../harness/model/observation.ts'
import { answers } from '../facts/answers.ts'
import { attestedOf } from '../facts/attestation.ts'
import { type Platform, clientTypeIn } from '../facts/clients.ts'
import { unlessSeen, valueIn } from '../facts/profiles.ts'
import { isOutOfBand, isRedirect, isWeb, lacksScheme } from '../facts/redirects.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 4: redirects that open an application by a scheme of its own. */

const customSchemes = each(
  'config.uri',
  'redirects to a scheme of one’s own',
  (uri) =>
    isRedirect(uri) && !isOutOfBand(uri.fields.uri) && !isWeb(uri.fields.parsed) && !lacksScheme(uri.fields.parsed),
)

/** Where Google takes no such redirect, or no longer (native-app guide), and how it says so. */
const closed: { readonly [T in Platform]?: Omit<Difference, 'actual'> } = {
  web: { expected: 'an https redirect of a web client', answer: answers.customSchemeWeb },
  desktop: { expected: 'a loopback redirect of a desktop client', answer: answers.redirectUriMismatch },
  android: {
    expected: 'Google’s sign-in library, or the switch for custom schemes in the client’s advanced settings',
    answer: answers.customSchemeAndroid,
  },
  'chrome-extension': { expected: 'the Chrome Identity API', answer: answers.customSchemeChrome },
}

/** The client id written backwards, which is every client’s own. */
const ownScheme = (clientId: string | undefined): string | undefined => {
  const [, own] = /^([\w-]+)\.apps\.googleusercontent\.com$/.exec(clientId ?? '') ?? []
  return own === undefined ? undefined : `com.googleusercontent.apps.${own.toLowerCase()}`
}

/** What is wrong with the form (RFC 8252 §7.1; one slash: Google, Manage OAuth Clients). */
function formProblem(uri: string, scheme: string, own: string | undefined): Difference | undefined {
  const { redirectUriMismatch, invalidRedirectUri: answer } = answers
  if (!scheme.includes('.')) return { expected: 'a scheme that is a domain of yours backwards', actual: scheme, answer }
  if (scheme.startsWith('com.googleusercontent.apps.') && own !== undefined && scheme !== own)
    return { expected: `${own}:/…`, actual: uri, answer: redirectUriMismatch }
  if (!uri.startsWith('//', scheme.length + 1)) return undefined
  return { expected: 'one slash behind the scheme', actual: uri, answer, replacement: uri.replace(/:\/+/, ':/') }
}

const isSwitchedOn = (journal: Journal, profile: string): boolean =>
  attestedOf(journal, profile, 'customScheme').some(({ fields }) => fields.value === 'true')

export const customScheme = configurationCheck({
  id: 'cred/custom-scheme',
  title: 'A scheme of one’s own is a domain backwards, on a platform that allows it',
  step: 4,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(8252, '7.1'),
  quote:
    'When choosing a URI scheme to associate with the app, apps MUST use a URI scheme based on a domain name under their control, expressed in reverse order …',
  inapplicable: unlessSeen(customSchemes, 'no redirect has a scheme of its own'),
  observes: customSchemes,
  counterexamples: [
    'bare-scheme-on-ios',
    'scheme-with-two-slashes',
    'custom-scheme-on-android',
    'scheme-of-another-client',
  ],
  consequence: 'Google refuses the request, or another application on the device takes the code.',
  fix: 'iOS: the client id backwards and one slash, com.googleusercontent.apps.ID:/callback; elsewhere a loopback redirect.',
  judge({ fields: { profile, uri, parsed } }, journal) {
    const type = clientTypeIn(journal, profile)
    const refused =
      type === undefined || (type === 'android' && isSwitchedOn(journal, profile)) ? undefined : closed[type]
    if (refused !== undefined) return violated({ ...refused, actual: uri })
    const problem = formProblem(uri, parsed?.scheme ?? '', ownScheme(valueIn(journal, profile, 'client.client_id')))
    return problem === undefined ? satisfied() : violated(problem)
  },
})
