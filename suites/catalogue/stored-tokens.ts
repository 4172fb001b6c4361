import { type InFiles, each } from '../../harness/model/check.ts'
import { asvs, ownRule } from '../../harness/model/clause.ts'
import { type Finding, satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { all, positionOf } from '../../harness/model/observation.ts'
import { eachProfile, unlessMapped, unlessSeen, valueIn } from '../facts/profiles.ts'
import { type Setting, setting, valuesOf } from '../facts/settings.ts'
import { isPath, isTemporary, liesBeside, syncedBy } from '../facts/store-path.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 7, as files show it: where tokens lie, and what protects them there. */

/** A value that tells how tokens are kept, in words or by being one. */
const kept = eachProfile<Setting>(['config.value'], 'way in which tokens are kept', (journal, profile) => {
  const told = ['store.encryption', 'store.kind', 'store.path'].flatMap((name) => setting(journal, profile, name) ?? [])
  // The file that `gcloud auth application-default login` leaves holds a refresh token as it is (google-facts 7.4).
  const tokens = all(journal, 'config.file')
    .filter(({ fields }) => fields.profile === profile && fields.kind === 'authorized_user')
    .flatMap(() => setting(journal, profile, 'client.refresh_token') ?? [])
  return [...told.slice(0, 1), ...tokens]
})

export const encryptedInFiles: InFiles<Setting> = {
  observes: kept,
  inapplicable: unlessSeen(kept, 'no profile maps store.kind, store.path or store.encryption'),
  judge(told, journal): Finding {
    const { name, profile } = told.fields
    if (name === 'client.refresh_token')
      return violated({ expected: 'a refresh token that is encrypted', actual: 'one in the clear' }, positionOf(told))
    if (['keyring', 'vault'].includes(valueIn(journal, profile, 'store.kind') ?? '')) return satisfied(positionOf(told))
    const [value = ''] = valuesOf(told)
    if (name === 'store.encryption')
      return /^(?:none|plain|plaintext|off|false|no)?$/i.test(value)
        ? violated(
            { expected: 'a cipher such as AES-256-GCM, or the keyring', actual: value || 'none' },
            positionOf(told),
          )
        : satisfied(positionOf(told))
    return undecided(
      `profile ${profile} does not say store.encryption: none, or the name of the cipher`,
      positionOf(told),
    )
  },
}

export const keyApart = configurationCheck({
  id: 'store/key-apart',
  title: 'The key that opens the tokens does not lie beside them',
  step: 7,
  level: 'SHOULD',
  requiredBy: 'ASVS',
  clause: asvs('13.3.1'),
  quote:
    'Verify that a secrets management solution, such as a key vault, is used to securely create, store, control access to, and destroy backend secrets.',
  inapplicable: unlessMapped('store.keySource'),
  observes: each('config.value', 'source of the key', ({ fields }) => fields.name === 'store.keySource'),
  counterexamples: ['key-beside-the-tokens'],
  consequence: 'Whoever copies the folder has the key as well: the encryption protects nothing.',
  fix: 'Keep the key in the system’s keyring, a secret store or the service’s environment.',
  judge(source, journal) {
    const [key = ''] = valuesOf(source)
    if (!isPath(key)) return satisfied()
    const store = valueIn(journal, source.fields.profile, 'store.path')
    if (store === undefined) return undecided(`profile ${source.fields.profile} does not say store.path`)
    return liesBeside(key, store)
      ? violated({ expected: 'a key elsewhere', actual: `${key} beside ${store}` })
      : satisfied()
  },
})

const paths = each(
  'config.value',
  'path of the tokens',
  ({ fields }) =>
    ['store.path', 'store.keySource'].includes(fields.name) && typeof fields.value === 'string' && isPath(fields.value),
)
const noPath = unlessSeen(paths, 'no profile maps store.path, or a file as store.keySource')

export const symlinkSafe = configurationCheck({
  id: 'store/symlink-safe',
  title: 'Tokens do not lie where others can put a link in their place',
  step: 7,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule('OWASP ASVS 5.0, 15.4.2 wants state to be checked and used in one operation'),
  inapplicable: noPath,
  observes: paths,
  counterexamples: ['tokens-in-tmp'],
  consequence: 'Another user of the machine plants a link there, and tokens are written where it leads.',
  fix: 'Use a folder of the user’s own, such as $XDG_STATE_HOME/app or %LOCALAPPDATA%\\app, with mode 0700.',
  judge(told) {
    const [path = ''] = valuesOf(told)
    return isTemporary(path) ? violated({ expected: 'a folder of the user’s own', actual: path }) : satisfied()
  },
})

export const noLeftovers = configurationCheck({
  id: 'store/no-leftovers',
  title: 'Tokens do not lie in a folder that is copied elsewhere',
  step: 7,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule('RFC 6749 §10.4 wants refresh tokens kept confidential in storage'),
  inapplicable: noPath,
  observes: paths,
  counterexamples: ['tokens-in-dropbox', 'tokens-in-icloud'],
  consequence: 'Every device and every old version in the cloud keeps a copy that signing out cannot erase.',
  fix: 'Use a folder that is not synchronised, such as $XDG_STATE_HOME/app, or the keyring.',
  judge(told) {
    const [path = ''] = valuesOf(told)
    const service = syncedBy(path)
    return service === undefined
      ? satisfied()
      : violated({ expected: 'a folder that stays on this machine', actual: `${path}, copied by ${service}` })
  },
})
