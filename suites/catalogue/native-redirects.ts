import { each } from '../../harness/model/check.ts'
import { google, rfc } from '../../harness/model/clause.ts'
import { noted, satisfied, violated } from '../../harness/model/finding.ts'
import { answers } from '../facts/answers.ts'
import { attestedOf } from '../facts/attestation.ts'
import { clientTypeIn, kindIn } from '../facts/clients.ts'
import { isLoopback, isOutOfBand, isRedirect, isWeb, registeredIn } from '../facts/redirects.ts'
import { unlessSeen } from '../facts/profiles.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 4: redirects of programs on the user’s own machine. */

/** Google wrote a second form, `oob` alone, behind the first. */
const anyRedirect = each(
  'config.uri',
  'redirect URIs',
  (uri, journal) =>
    isRedirect(uri) &&
    !(
      uri.fields.name === 'client.redirect_uris' &&
      /^oob$/i.test(uri.fields.uri) &&
      registeredIn(journal, uri.fields.profile).some(
        ({ fields }) => isOutOfBand(fields.uri) && fields.uri !== uri.fields.uri,
      )
    ),
)

export const noOutOfBand = configurationCheck({
  id: 'cred/no-oob',
  title: 'No redirect asks the user to copy a code',
  step: 4,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('oob-migration', 'the error page that users are shown, as captured'),
  quote: 'The out-of-band (OOB) flow has been blocked in order to keep users secure.',
  inapplicable: unlessSeen(anyRedirect, 'no redirect URI is written in client files or settings'),
  observes: anyRedirect,
  counterexamples: ['out-of-band-in-client-file', 'out-of-band-redirect'],
  consequence: 'Users see “Access blocked: Authorization Error” instead of the consent screen.',
  fix: 'Listen on http://127.0.0.1 at a free port and use that as redirect_uri.',
  judge({ fields: { name, profile, uri } }, journal) {
    if (!isOutOfBand(uri)) return satisfied()
    const listed = registeredIn(journal, profile).filter(({ fields }) => !isOutOfBand(fields.uri))
    if (name === 'client.redirect_uris' && kindIn(journal, profile) === 'installed' && listed.length > 0)
      return noted('Google wrote the out-of-band redirect into desktop files until 2022; never send it.')
    const status = attestedOf(journal, profile, 'publishingStatus')[0]?.fields.value
    const web = clientTypeIn(journal, profile) === 'web'
    // Applications in Testing may go on using it (out-of-band migration guide), web clients never could.
    const answer = web ? answers.outOfBandWeb(uri) : answers.outOfBand
    const expected = web ? 'an https redirect' : 'a loopback redirect'
    return violated({ expected, actual: uri, ...(web || status !== 'Testing' ? { answer } : {}) })
  },
})

const nativeLoopback = each('config.uri', 'loopback redirects of native applications', (uri, journal) => {
  const { name, profile, parsed } = uri.fields
  return name === 'redirectUri' && isWeb(parsed) && isLoopback(parsed) && clientTypeIn(journal, profile) !== 'web'
})

export const loopbackLiteral = configurationCheck({
  id: 'cred/loopback-literal',
  title: 'A loopback redirect names 127.0.0.1 or [::1], not localhost',
  step: 4,
  level: 'SHOULD',
  requiredBy: 'RFC',
  clause: rfc(8252, '8.3'),
  quote:
    'While redirect URIs using localhost (i.e., "http://localhost:{port}/{path}") function similarly to loopback IP redirects described in Section 7.3, the use of localhost is NOT RECOMMENDED.',
  // What Google writes into desktop files is no choice of the application’s.
  inapplicable: unlessSeen(nativeLoopback, 'no native application’s settings name a loopback redirect'),
  observes: nativeLoopback,
  counterexamples: ['localhost-by-name'],
  consequence: 'Where localhost resolves to another interface, or a firewall asks, the browser’s answer never arrives.',
  fix: 'Send http://127.0.0.1 with the port that was opened; Google takes any port of a desktop client.',
  judge: ({ fields: { uri, parsed } }) =>
    parsed?.hostKind === 'localhost'
      ? violated({
          expected: '127.0.0.1 or [::1]',
          actual: uri,
          replacement: uri.replace(/\/\/localhost\.?(?=[:/?#]|$)/i, '//127.0.0.1'),
        })
      : satisfied(),
})
