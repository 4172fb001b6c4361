import { each } from '../../harness/model/check.ts'
import { google, ownRule } from '../../harness/model/clause.ts'
import { satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { all, positionOf } from '../../harness/model/observation.ts'
import { setting, valuesOf } from '../facts/settings.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 4: the client file that Google offered for download. */

const isClientFile = ({ fields }: { readonly fields: { readonly kind: string } }): boolean =>
  ['installed', 'web', 'several', 'unknown'].includes(fields.kind)
const required = ['client_id', 'client_secret', 'auth_uri', 'token_uri']

export const jsonShape = configurationCheck({
  id: 'cred/json-shape',
  title: 'Each client file is one well-formed kind',
  step: 4,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('the shapes of files that the Google console offers for download'),
  observes: each('config.file', 'client file', isClientFile),
  counterexamples: ['half-a-client-file'],
  consequence: 'The library fails at the first request with a message that names neither file nor member.',
  fix: 'Download the client file again from the Google console and keep it as it is.',
  judge({ fields: { file, kind } }, journal) {
    if (kind !== 'installed' && kind !== 'web')
      return violated({ expected: 'exactly one of "installed" and "web"', actual: kind })
    const members = all(journal, 'config.value').filter(({ fields }) => fields.file === file)
    const missing = required.filter((name) => !members.some(({ fields }) => fields.name === `client.${name}`))
    return missing.length === 0
      ? satisfied()
      : violated({ expected: required.join(', '), actual: `${missing.join(', ')} missing in ${file}` })
  },
})

const kindFor: Readonly<Record<string, string>> = { desktop: 'installed', server: 'web' }

export const typeMatchesRuntime = configurationCheck({
  id: 'cred/type-matches-runtime',
  title: 'The client’s type fits how the application runs',
  step: 4,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('policies', 'Register an appropriate OAuth client'),
  quote: 'You must choose the client type that best matches the platform …',
  observes: each('config.file', 'client file', isClientFile),
  counterexamples: ['web-client-on-the-desktop'],
  consequence: 'Google refuses the loopback redirect with “Error 400: redirect_uri_mismatch”.',
  fix: 'Create an OAuth client of type “Desktop app” for a program on the user’s machine, “Web application” for a server.',
  judge({ fields: { profile, kind } }, journal) {
    const runtime = setting(journal, profile, 'runtime')
    if (runtime === undefined) return undecided(`profile ${profile} does not say how the application runs`)
    const declared = valuesOf(runtime)[0] ?? ''
    return kindFor[declared] === kind
      ? satisfied()
      : violated(
          { expected: `"${kindFor[declared]}" for a ${declared} application`, actual: `"${kind}"` },
          positionOf(runtime),
        )
  },
})
