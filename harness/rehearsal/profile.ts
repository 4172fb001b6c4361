import type { ConfigurationFileKind, ObservedConfiguration, Place } from '../model/configuration.ts'
import type { Observation, ObservationType } from '../model/observation.ts'
import { isSecretRef } from '../model/secret.ts'
import type { SecretRegistry } from '../secrets.ts'

/** A value of a configuration: a setting, a member of the client file, or an attested fact. */
export interface Said {
  readonly name: string
  /** Itself, secrets too: never to be recorded as it is. */
  readonly values: readonly string[]
  readonly secret: boolean
  /** The application fetches it at run time: what stands there is not the value. */
  readonly elsewhere: boolean
  readonly place: Place
  /** The day on which somebody stated it, such as `2026-01-10`. */
  readonly statedOn?: string
}

/** One profile of a project as it was read: the play acts on nothing else. */
export interface Profile {
  readonly name: string
  /** What its client file is; undefined where it has none that can be read. */
  readonly kind: ConfigurationFileKind | undefined
  /** Where the client file begins, else where the profile is first spoken of. */
  readonly place: Place
  /** Why one of its files cannot be used, where that is so. */
  readonly problem: (Place & { readonly problem: string }) | undefined
  /** By our name for it, such as `redirectUri` or `client.redirect_uris`, or the name of an attested fact. */
  said(name: string): Said | undefined
  /** Each URI of a list or a single value, taken apart. */
  uris(name: string): readonly ObservedConfiguration['config.uri'][]
}

/** Google’s own files; the others of a profile are the application’s. */
const clientKinds: ReadonlySet<string> = new Set([
  'installed',
  'web',
  'service_account',
  'authorized_user',
  'several',
  'unknown',
])

const placeOf = ({ file, line, column }: Place): Place => ({ file, line, column })

/** The profiles that files were recorded of, in their order. */
export function profilesIn(observations: readonly Observation[], secrets: SecretRegistry): readonly Profile[] {
  const of = <T extends ObservationType>(type: T) =>
    (observations as readonly Observation<ObservationType>[])
      .filter((observation) => observation.type === type)
      .map(({ fields }) => fields as Observation<T>['fields'])
  const values = of('config.value')
  const files = of('config.file')
  const names = new Set([...files, ...values].map(({ profile }) => profile).filter((name) => name !== ''))
  const plain = new Map([...secrets.values()].map(({ ref, value }) => [ref, value]))

  return [...names].map((name): Profile => {
    const own = <F extends { readonly profile: string }>(all: readonly F[]) =>
      all.filter((each) => each.profile === name)
    const client = own(files).find(({ kind, problem }) => clientKinds.has(kind) && problem === undefined)
    const settings = new Map(own(values).map((value) => [value.name, saidOf(value, plain)]))
    const about = subjectsOf(settings)
    const attested = of('attestation').filter((fact) => about.has(fact.of))
    return {
      name,
      kind: client?.kind,
      place: placeOf(client ?? own(files)[0] ?? own(values)[0]!),
      problem: own(files).find(({ problem }) => problem !== undefined) as Profile['problem'],
      said: (asked) => settings.get(asked) ?? attestedAs(attested.find((fact) => fact.name === asked)),
      uris: (asked) => own(of('config.uri')).filter((uri) => uri.name === asked),
    }
  })
}

function saidOf(
  { name, value, source, ...place }: ObservedConfiguration['config.value'],
  plain: ReadonlyMap<string, string>,
): Said {
  const secret = isSecretRef(value)
  // What anybody guesses is in no registry. It is no secret of Google’s making, and another such does as well.
  const values = secret
    ? [plain.get(value.ref) ?? `written-by-hand-${value.length}`]
    : typeof value === 'string'
      ? [value]
      : value
  return { name, values, secret, elsewhere: source !== 'literal', place: placeOf(place) }
}

/** What an attestation may call the clients of a profile: by their ids, or by the number or name of their project. */
const subjectsOf = (settings: ReadonlyMap<string, Said>): ReadonlySet<string> =>
  new Set(
    ['client.client_id', 'client.project_id', 'client.client_email']
      .map((name) => settings.get(name)?.values[0] ?? '')
      .flatMap((id) => [id, /^\d+/.exec(id)?.[0] ?? ''])
      .filter((id) => id !== ''),
  )

const attestedAs = (fact: ObservedConfiguration['attestation'] | undefined): Said | undefined =>
  fact && {
    name: fact.name,
    values: fact.value.split(' ').filter((word) => word !== ''),
    secret: false,
    elsewhere: false,
    place: placeOf(fact),
    statedOn: fact.checkedOn,
  }

/** A single value as text; undefined where there is none. */
export const textOf = (profile: Profile, name: string): string | undefined => {
  const text = profile.said(name)?.values.join(' ')
  return text === '' ? undefined : text
}
