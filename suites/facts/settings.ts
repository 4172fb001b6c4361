import { type Journal, type Observation, all } from '../../harness/model/observation.ts'

export type Setting = Observation<'config.value'>

/** The settings of one name, one per profile that has it. */
export const settings = (journal: Journal, name: string): readonly Setting[] =>
  all(journal, 'config.value').filter(({ fields }) => fields.name === name)

export const setting = (journal: Journal, profile: string, name: string): Setting | undefined =>
  settings(journal, name).find(({ fields }) => fields.profile === profile)

/** A setting's value as a list; a single value is a list of one. */
export const valuesOf = ({ fields: { value } }: Setting): readonly string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : []

/** A single value as its file says it, for whoever changes it there. */
export const writtenIn = (told: Setting): string => told.fields.written ?? valuesOf(told)[0] ?? ''

/** Whether a setting or attestation belongs to what real users meet. */
export const isProduction = ({ fields }: { readonly fields: { readonly profile: string } }): boolean =>
  isProductionName(fields.profile)

export const isProductionName = (name: string): boolean => /^(?:prod|production|live)(?:[-_./:].*)?$/i.test(name)

/** The profiles that real users meet. */
export const productionProfiles = (journal: Journal): readonly string[] => [
  ...new Set(
    all(journal, 'config.value')
      .map(({ fields }) => fields.profile)
      .filter(isProductionName),
  ),
]
