import type { Lens } from '../../harness/model/check.ts'
import { each } from '../../harness/model/check.ts'
import { asvs, google, ownRule, rfc } from '../../harness/model/clause.ts'
import type { CredentialKind } from '../../harness/model/configuration.ts'
import { type Finding, noted, satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { type Journal, type Observation, all, positionOf } from '../../harness/model/observation.ts'
import { unlessSeen } from '../facts/profiles.ts'
import { configurationCheck } from './configuration-check.ts'

/** Steps 4 and 12: what the repository, its history and its build output give away, and which libraries it names. */

type Begun = Observation<'repository.begun'>
type Secret = Observation<'repository.secret'>

/** How a credential is called for people. */
const called: Readonly<Record<CredentialKind, string>> = {
  'installed-client-secret': 'the secret of a desktop client',
  'web-client-secret': 'the secret of a web client',
  'client-secret': 'a client secret',
  'refresh-token': 'a refresh token',
  'access-token': 'an access token',
  'service-account-key': 'the private key of a service account',
}

/** What Google does not treat as confidential, or what is dead by the time that it is read. */
const harmless: Readonly<Partial<Record<CredentialKind, string>>> = {
  'installed-client-secret': 'Google does not treat it as confidential; keep it out of sight all the same',
  'access-token': 'it expires an hour after it was issued; whatever wrote it there may write the next one too',
}

const seenIn = ({ fields: { credential, where, commit, secret } }: Secret): string => {
  const place =
    where === 'history'
      ? commit === null
        ? 'the history'
        : `commit ${commit.slice(0, 10)}`
      : where === 'artefact'
        ? 'build output'
        : 'a file'
  return `${called[credential]} in ${place} (‹${secret.ref}›)`
}

function judgeSecret(secret: Secret, expected: string): Finding {
  const harm = harmless[secret.fields.credential]
  return harm === undefined
    ? violated({ expected, actual: seenIn(secret) })
    : noted(`${seenIn(secret)}: ${harm}.`.replace(/^./, (first) => first.toUpperCase()))
}

/** That it was searched at all, and each credential that was found. */
const searchedFor = (
  names: string,
  wasSearched: (begun: Begun) => boolean,
  keep: (secret: Secret) => boolean,
): Lens<Begun | Secret> => ({
  types: ['repository.begun'],
  names,
  select: (journal) =>
    [...all(journal, 'repository.begun').filter(wasSearched), ...all(journal, 'repository.secret').filter(keep)].map(
      (evidence) => ({ evidence, at: [positionOf(evidence)] }),
    ),
})

const histories: Readonly<Record<Begun['fields']['history'], Finding>> = {
  whole: satisfied(),
  shallow: noted('This clone is shallow: only the commits that it has were searched.'),
  'not asked': noted('Earlier commits were not searched: --no-history.'),
  partial: undecided('this clone is partial: some versions of files are not here, and nothing is fetched'),
  cut: undecided('the history is too long to be searched in the time that there is'),
  none: undecided('this is no Git repository'),
}

export const secretNotInVcs = configurationCheck({
  id: 'cred/secret-not-in-vcs',
  title: 'No client secret, token or key is in the repository or its history',
  step: 4,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('best-practices', 'Handle client credentials securely'),
  quote: 'Do not hardcode the credentials, commit them to a code repository or publish them publicly.',
  instruments: ['git'],
  inapplicable: (journal) =>
    all(journal, 'repository.begun').some(({ fields }) => fields.vcs === 'git' || fields.vcs === 'refused')
      ? undefined
      : 'this is no Git repository',
  observes: searchedFor(
    'files that Git keeps, and earlier commits',
    ({ fields }) => fields.vcs === 'git' || fields.vcs === 'refused',
    ({ fields }) => fields.where === 'tracked' || fields.where === 'history',
  ),
  counterexamples: ['web-client-file-committed', 'refresh-token-in-history'],
  consequence:
    'Whoever has or had a copy has the secret: the history counts as public, and deleting the file takes nothing back.',
  fix: 'Make a new secret in the console and disable the old one (revoke tokens, delete keys); keep the new one out of Git.',
  judge(seen) {
    if (seen.type === 'repository.secret') return judgeSecret(seen, 'no secret in version control')
    const { note, history, vcs, left } = seen.fields
    if (vcs === 'refused') return undecided(note ?? 'git would not tell of this folder')
    return left.unreadable > 0 ? undecided(`files that could not be read: ${left.unreadable}`) : histories[history]
  },
})

const exposures = each('repository.exposure', 'ways by which a file with secrets could leave')

const remedies: Readonly<Record<Observation<'repository.exposure'>['fields']['way'], string>> = {
  commit: 'a line of .gitignore that names it',
  package: 'what is published to leave it out',
  image: 'a line of .dockerignore that names it',
}

export const filesIgnored = configurationCheck({
  id: 'cred/files-ignored',
  title: 'Files with secrets can neither be committed nor packaged',
  step: 4,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule('a file that nothing excludes goes along one day'),
  inapplicable: unlessSeen(exposures, 'no file outside version control holds a confidential secret that could leave'),
  observes: exposures,
  counterexamples: ['environment-file-not-ignored', 'environment-file-in-the-image', 'token-file-published'],
  consequence: 'The next commit, release or image gives the secret to everybody who can fetch it.',
  fix: 'Name .env*, token*.json and client_secret*.json in .gitignore and .dockerignore, or list what is published.',
  judge: ({ fields: { way, by, excludedBy } }) =>
    excludedBy === null ? violated({ expected: remedies[way], actual: `nothing that stops ${by}` }) : satisfied(),
})

export const noWebSecretInArtifact = configurationCheck({
  id: 'cred/no-web-secret-in-artifact',
  title: 'No confidential secret is in what is shipped to users',
  step: 4,
  level: 'MUST',
  requiredBy: 'RFC',
  clause: rfc(6749, '10.1'),
  quote:
    'The authorization server MUST NOT issue client passwords or other client credentials to native application or user-agent-based application clients for the purpose of client authentication.',
  inapplicable: (journal) =>
    all(journal, 'repository.begun').some(({ fields }) => fields.built > 0)
      ? undefined
      : 'there is no build output, such as dist/, build/ or public/',
  observes: searchedFor(
    'files that a build made',
    ({ fields }) => fields.built > 0,
    ({ fields }) => fields.where === 'artefact',
  ),
  counterexamples: ['web-secret-in-the-bundle'],
  consequence: 'Everybody who opens the page or unpacks the program can use the application’s name.',
  fix: 'Exchange codes on a server that keeps the secret, or use a desktop client; make a new secret in the console.',
  judge: (seen) => (seen.type === 'repository.secret' ? judgeSecret(seen, 'no secret in build output') : satisfied()),
})

/** A file that version control does not keep has its owner’s mode. */
const filesWithModes = (kinds: ReadonlySet<string>) => (journal: Journal) => [
  ...all(journal, 'repository.secret').filter(
    ({ fields }) => fields.mode !== undefined && fields.where !== 'artefact' && kinds.has(fields.credential),
  ),
]

const modeLens = (names: string, kinds: ReadonlySet<string>): Lens<Secret> => ({
  types: ['repository.secret'],
  names,
  select: (journal) => filesWithModes(kinds)(journal).map((evidence) => ({ evidence, at: [positionOf(evidence)] })),
})

const judgeMode = ({ fields: { mode = '' } }: Secret): Finding =>
  mode.endsWith('00') ? satisfied() : violated({ expected: 'no permission for group or others', actual: mode })

const clientFiles = modeLens(
  'files with secrets of clients, outside version control',
  new Set(['web-client-secret', 'client-secret', 'service-account-key']),
)

export const clientFileMode = configurationCheck({
  id: 'cred/client-file-mode',
  title: 'A file with a confidential client’s secret is readable by its owner alone',
  step: 4,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule('RFC 6819 §5.3.2 wants clients’ secrets protected by the means of the operating system'),
  instruments: ['file-modes'],
  inapplicable: unlessSeen(clientFiles, 'no file outside version control holds the secret of a confidential client'),
  observes: clientFiles,
  counterexamples: ['client-file-for-everybody'],
  consequence: 'Every other user of the machine can speak in the application’s name.',
  fix: 'chmod 600, and let a deployment set the mode as well.',
  judge: judgeMode,
})

const tokenFiles = modeLens('files with tokens, outside version control', new Set(['refresh-token']))

/** The part of `store/file-mode` that files tell before anything is played. */
export const fileModeInFiles = {
  inapplicable: unlessSeen(tokenFiles, 'no file outside version control holds a refresh token'),
  observes: tokenFiles,
  judge: judgeMode,
}

const libraries = each('repository.library', 'libraries for OAuth, OpenID Connect and mail in lock files')

export const libsCurrent = configurationCheck({
  id: 'dep/libs-current',
  title: 'Libraries for OAuth and mail are pinned, and nothing is known against their versions',
  step: 12,
  level: 'SHOULD',
  requiredBy: 'ASVS',
  clause: asvs('15.2.1'),
  quote:
    'Verify that the application only contains components which have not breached the documented update and remediation time frames.',
  inapplicable: unlessSeen(libraries, 'no lock file names a library for OAuth, OpenID Connect or mail'),
  observes: libraries,
  counterexamples: ['library-with-an-advisory', 'library-that-is-not-pinned'],
  consequence: 'What is known to be wrong with a version is known to those who use it against your users too.',
  fix: 'Raise the version in the lock file, and let a service such as Dependabot or Renovate tell of the next one.',
  judge({ fields: { name, version, pinned, advisory } }) {
    if (!pinned) return violated({ expected: `an exact version of ${name}`, actual: 'a range, or none' })
    if (advisory === null) return satisfied()
    const { id, title, fixedIn } = advisory
    const expected = fixedIn === null ? `another library than ${name}` : `${name} ${fixedIn} or later`
    return violated({ expected, actual: `${version}, in which ${title} (${id})` })
  },
})
