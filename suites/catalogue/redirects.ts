import { google } from '../../harness/model/clause.ts'
import { type Finding, satisfied, violated } from '../../harness/model/finding.ts'
import { hostProblem, uncleanOriginProblem, uncleanProblem } from '../facts/redirect-rules.ts'
import { type ObservedUri, answerTo, eachRedirectOrOrigin, isLoopback, isWeb, lacksScheme } from '../facts/redirects.ts'
import { unlessSeen } from '../facts/profiles.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 4: Google’s own table of what a redirect URI may be, for client files and settings alike. */

const table = google('web-server', 'Redirect URI validation rules')
const none = 'no redirect URI is written in client files or settings'

const judged = (uri: ObservedUri, expected: string, actual: string | undefined): Finding =>
  actual === undefined ? satisfied() : violated({ expected, actual, ...answerTo(uri) })

export const redirectHttps = configurationCheck({
  id: 'cred/redirect-https',
  title: 'Redirect URIs are https, or http on this machine',
  step: 4,
  level: 'MUST',
  requiredBy: 'Google',
  clause: table,
  quote:
    'Redirect URIs must use the HTTPS scheme, not plain HTTP. Localhost URIs (including localhost IP address URIs) are exempt from this rule.',
  inapplicable: unlessSeen(eachRedirectOrOrigin, none),
  observes: eachRedirectOrOrigin,
  counterexamples: ['redirect-in-clear', 'redirect-without-scheme'],
  consequence: 'Users see “Access blocked” instead of the consent screen, or a code travels in clear.',
  fix: 'Serve the callback over https and register that URI; only http://localhost and http://127.0.0.1 may be http.',
  judge(uri) {
    const { parsed } = uri.fields
    const expected = 'https, or http on localhost or a loopback address'
    if (lacksScheme(parsed)) return judged(uri, expected, `${uri.fields.uri}, which has no scheme`)
    const clear = isWeb(parsed) && parsed.scheme === 'http' && !isLoopback(parsed)
    return judged(uri, expected, clear ? uri.fields.uri : undefined)
  },
})

export const redirectHost = configurationCheck({
  id: 'cred/redirect-host-rules',
  title: 'Redirect URIs have a host that Google takes',
  step: 4,
  level: 'MUST',
  requiredBy: 'Google',
  clause: table,
  quote:
    'Hosts cannot be raw IP addresses. Localhost IP addresses are exempted from this rule. Host TLDs (Top Level Domains) must belong to the public suffix list.',
  inapplicable: unlessSeen(eachRedirectOrOrigin, none),
  observes: eachRedirectOrOrigin,
  counterexamples: ['redirect-to-private-address', 'redirect-to-local-name', 'redirect-to-short-link'],
  consequence: 'The console does not register it, and the consent screen ends with “Error 400: invalid_request”.',
  fix: 'Use a name in a domain that you own under a public suffix, such as mail.example.com.',
  judge(uri) {
    const { uri: text, parsed } = uri.fields
    const actual = parsed === null || lacksScheme(parsed) ? undefined : hostProblem(text, parsed)
    return judged(uri, 'a host in a public domain of your own', actual)
  },
})

export const redirectClean = configurationCheck({
  id: 'cred/redirect-uri-clean',
  title: 'Redirect URIs hold nothing that Google forbids or that forwards a code',
  step: 4,
  level: 'MUST',
  requiredBy: 'Google',
  clause: table,
  quote:
    'Redirect URIs cannot contain the userinfo subcomponent. … Redirect URIs cannot contain open redirects. Redirect URIs cannot contain the fragment component. Redirect URIs cannot contain certain characters …',
  inapplicable: unlessSeen(eachRedirectOrOrigin, none),
  observes: eachRedirectOrOrigin,
  counterexamples: ['redirect-with-wildcard', 'redirect-that-forwards', 'redirect-that-goes-up', 'origin-with-path'],
  consequence: 'The console does not register it; where it forwards, whoever is named there receives the code.',
  fix: 'Register a plain URI such as https://mail.example.com/oauth/callback; keep what follows the login in the session.',
  judge(uri) {
    const { uri: text, parsed, name } = uri.fields
    if (parsed === null) return satisfied()
    const problem = name === 'client.javascript_origins' ? uncleanOriginProblem : uncleanProblem
    return judged(uri, 'no such part', problem(text, parsed))
  },
})
