import type { Lens } from '../../harness/model/check.ts'
import { type Journal, type ObservationType, all } from '../../harness/model/observation.ts'
import { setting, settings, valuesOf } from './settings.ts'

/** The profiles of a configuration, in the order of its gate file. */
const profiles = (journal: Journal): readonly string[] => [
  ...new Set(
    all(journal, 'config.value')
      .map(({ fields }) => fields.profile)
      .filter((profile) => profile !== ''),
  ),
]

/** The pieces of evidence that each profile has. */
export const eachProfile = <E>(
  types: readonly ObservationType[],
  names: string,
  derive: (journal: Journal, profile: string) => readonly E[],
): Lens<E> => ({
  types,
  names,
  select: (journal) =>
    profiles(journal).flatMap((profile) => derive(journal, profile).map((evidence) => ({ evidence, at: [] }))),
})

/** The first value of a setting in a profile. */
export const valueIn = (journal: Journal, profile: string, name: string): string | undefined => {
  const found = setting(journal, profile, name)
  return found === undefined ? undefined : valuesOf(found)[0]
}

/** Whether a service account acts for a mailbox of its Workspace: nobody sees a consent screen. */
export const isDelegated = (journal: Journal, profile: string): boolean =>
  all(journal, 'config.file').some(({ fields }) => fields.profile === profile && fields.kind === 'service_account') ||
  valueIn(journal, profile, 'grantType')?.endsWith('jwt-bearer') === true

/** `inapplicable` of a check that looks at settings which nobody mapped. */
export const unlessMapped =
  (...names: readonly string[]) =>
  (journal: Journal): string | undefined =>
    names.some((name) => settings(journal, name).length > 0)
      ? undefined
      : `no profile maps ${names.length === 1 ? names[0] : `any of ${names.join(', ')}`}`

/** `inapplicable` of a check that has nothing to look at. */
export const unlessSeen =
  <E>({ select }: Lens<E>, reason: string) =>
  (journal: Journal): string | undefined =>
    select(journal).length === 0 ? reason : undefined
