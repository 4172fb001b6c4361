import { each } from '../../harness/model/check.ts'
import { google, ownRule } from '../../harness/model/clause.ts'
import { type Finding, satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { type Journal, all, positionOf } from '../../harness/model/observation.ts'
import { answers } from '../facts/answers.ts'
import { type ClientFile, type Runtime, isClientFile, kindIn, runtimeIn, runtimes } from '../facts/clients.ts'
import { mailScope, scopesOf } from '../facts/scopes.ts'
import { setting, settings, valuesOf } from '../facts/settings.ts'
import { unlessSeen } from '../facts/profiles.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 4: which client it is, and whether its type fits the application. */

/** Those of service accounts are numbers. */
const clientIds = each(
  'config.value',
  'client ids',
  ({ fields: { name, profile } }, journal) =>
    name === 'client.client_id' && kindIn(journal, profile) !== 'service_account',
)

export const clientIdFormat = configurationCheck({
  id: 'cred/client-id-format',
  title: 'The client id has the form of Google’s',
  step: 4,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule('the form of every client id that was seen, 123456789012-abc….apps.googleusercontent.com'),
  inapplicable: unlessSeen(clientIds, 'no client id is written in client files or settings'),
  observes: clientIds,
  counterexamples: ['client-id-of-a-template'],
  consequence: 'Google’s page says “Error 401: invalid_client” and nothing else.',
  fix: 'Copy the whole client id from the Google console, up to .apps.googleusercontent.com.',
  judge(id) {
    const [clientId = ''] = valuesOf(id)
    return /^\d+(?:-[a-z0-9]+)?\.apps\.googleusercontent\.com$/.test(clientId)
      ? satisfied()
      : violated({ expected: 'NUMBER-….apps.googleusercontent.com', actual: clientId, answer: answers.clientUnknown })
  },
})

interface Fit {
  readonly kinds: readonly string[]
  /** What the console calls it. */
  readonly name: string
  /** Google’s answer to the redirect that such an application can use. */
  readonly answer: string
}

const fits: Readonly<Record<Runtime, Fit>> = {
  desktop: { kinds: ['installed'], name: 'Desktop app', answer: answers.redirectUriMismatch },
  // A service account’s key may lie with an administrator, and nowhere else where users are.
  cli: { kinds: ['installed', 'service_account'], name: 'Desktop app', answer: answers.redirectUriMismatch },
  server: { kinds: ['web', 'service_account'], name: 'Web application', answer: answers.redirectUriMismatch },
  android: { kinds: ['installed'], name: 'Android', answer: answers.customSchemeWeb },
  ios: { kinds: ['installed'], name: 'iOS', answer: answers.customSchemeWeb },
  'chrome-extension': { kinds: ['installed'], name: 'Chrome extension', answer: answers.customSchemeWeb },
}

/** Google gives clients of these types no secret (native-app guide). */
const withoutSecret: ReadonlySet<string> = new Set<Runtime>(['android', 'ios', 'chrome-extension'])

function fitOf(
  { fields: { profile, kind } }: ClientFile,
  runtime: Runtime,
  journal: Journal,
): Omit<Fit, 'kinds'> | undefined {
  const { kinds, name, answer } = fits[runtime]
  if (!kinds.includes(kind)) return { name, answer: kind === 'service_account' ? '' : answer }
  const isDesktops = withoutSecret.has(runtime) && setting(journal, profile, 'client.client_secret') !== undefined
  return isDesktops ? { name, answer: answers.redirectUriMismatch } : undefined
}

/** Of a client file that was found alone nobody says how its application runs. */
const clientFiles = each(
  'config.file',
  'client files of profiles with settings',
  (file, journal) =>
    isClientFile(file) &&
    all(journal, 'config.value').some(
      ({ fields: { profile, name } }) => profile === file.fields.profile && !name.startsWith('client.'),
    ),
)

export const typeMatchesRuntime = configurationCheck({
  id: 'cred/type-matches-runtime',
  title: 'The client’s type fits how the application runs',
  step: 4,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('policies', 'Register an appropriate OAuth client'),
  quote: 'You must choose the client type that best matches the platform.',
  inapplicable: unlessSeen(clientFiles, 'no settings were read beside a client file or a service account’s key'),
  observes: clientFiles,
  counterexamples: ['web-client-on-the-desktop', 'desktop-client-on-a-server', 'desktop-client-on-android'],
  consequence: 'Google refuses the redirect that such an application can use, or a secret lies in users’ hands.',
  fix: 'Create an OAuth client of the type “Desktop app”, “Web application”, “Android”, “iOS” or “Chrome extension” that fits.',
  judge(file, journal): Finding {
    const { profile, kind } = file.fields
    const declared = setting(journal, profile, 'runtime')
    if (declared === undefined)
      return undecided(`profile ${profile} does not say runtime: how the application runs (desktop, cli, server, …)`)
    const runtime = runtimeIn(journal, profile)
    if (runtime === undefined)
      return undecided(
        `runtime ${valuesOf(declared).join(' ')} is none of ${runtimes.join(', ')}`,
        positionOf(declared),
      )
    const better = fitOf(file, runtime, journal)
    if (better === undefined) return satisfied()
    const { name, answer } = better
    const actual = fits[runtime].kinds.includes(kind)
      ? '"installed" with a client_secret, a desktop client'
      : `"${kind}"`
    return violated(
      { expected: `a client of the type “${name}” (${runtime})`, actual, ...(answer === '' ? {} : { answer }) },
      positionOf(declared),
    )
  },
})

export const noDeviceFlow = configurationCheck({
  id: 'cred/no-device-flow',
  title: 'Mail is not asked for by the flow for limited-input devices',
  step: 4,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('limited-input-device', 'Allowed scopes'),
  quote: 'The OAuth 2.0 flow for devices is supported only for the following scopes …',
  inapplicable: (journal) => (settings(journal, 'grantType').length > 0 ? undefined : 'no profile maps grantType'),
  observes: each('config.value', 'grant types in the settings', ({ fields }) => fields.name === 'grantType'),
  counterexamples: ['device-flow-for-mail'],
  consequence: 'Google refuses the device code: mail is not among the scopes that devices may ask for.',
  fix: 'Use the authorization code grant with a loopback redirect; over SSH, forward the port.',
  judge(grant, journal) {
    const [type = ''] = valuesOf(grant)
    if (!/(?:^|:)device_code$/.test(type)) return satisfied()
    const scopes = scopesOf(journal, grant.fields.profile, 'scopes')
    // Without any scopes it is still an application for mail that says so.
    if (scopes !== undefined && !scopes.some((scope) => /mail/.test(scope))) return satisfied()
    const scope = scopes?.find((candidate) => /mail\.google\.com|auth\/gmail/.test(candidate)) ?? mailScope
    return violated({ expected: 'authorization_code', actual: type, answer: answers.deviceScope(scope) })
  },
})
