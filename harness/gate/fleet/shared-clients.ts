import { isSecretRef } from '../../model/secret.ts'
import type { Observation } from '../../model/observation.ts'

type Value = Observation<'config.value'>

/** A client id or secret of one configuration that others have too. */
export interface SharedMember {
  readonly value: Value
  readonly member: 'client_id' | 'client_secret'
  readonly others: readonly string[]
}

const memberOf = (name: string): SharedMember['member'] | undefined => {
  if (name === 'client.client_id') return 'client_id'
  return name === 'client.client_secret' || name === 'clientSecret' ? 'client_secret' : undefined
}

/** What stands for a value; equal secrets share a reference, since one registry learned them all. */
const keyOf = ({ fields: { name, value } }: Value): string | undefined => {
  const member = memberOf(name)
  if (member === undefined || value === '') return undefined
  if (isSecretRef(value)) return `${member} ${value.ref}`
  // The same placeholder in two files is no client of both.
  const isClient = member === 'client_id' && typeof value === 'string' && value.endsWith('.apps.googleusercontent.com')
  return isClient ? `${member} ${value}` : undefined
}

/** What was read of one configuration. */
export interface ReadConfiguration {
  readonly name: string
  readonly observations: readonly Observation[]
}

/** For each configuration, in order, what it shares with others; pure. Profiles of one configuration are one application. */
export function sharedClients(read: readonly ReadConfiguration[]): readonly (readonly SharedMember[])[] {
  const owners = new Map<string, Set<string>>()
  for (const { name, observations } of read)
    for (const value of observations.filter(isValue)) {
      const key = keyOf(value)
      if (key !== undefined) owners.set(key, (owners.get(key) ?? new Set()).add(name))
    }
  return read.map(({ name, observations }) =>
    observations.filter(isValue).flatMap((value) => {
      const others = [...(owners.get(keyOf(value) ?? '') ?? [])].filter((owner) => owner !== name)
      const member = memberOf(value.fields.name)
      return others.length === 0 || member === undefined ? [] : [{ value, member, others: others.toSorted() }]
    }),
  )
}

const isValue = (observation: Observation): observation is Value => observation.type === 'config.value'
