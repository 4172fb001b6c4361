import * as v from 'valibot'
import { clientFacts, projectFacts } from '../model/attested-fact.ts'
import { type Mistake, type UnknownName, mistakeOf, unknownMembers } from './gate-file.ts'
import { secretLook } from './secret-look.ts'
import { type Tree, below, follow, listOf, plain, textOf } from './tree.ts'

const schema = v.object({
  checkedOn: v.pipe(v.string(), v.isoDate('a day such as 2026-11-22')),
  /** Who looked at the console. */
  checkedBy: v.nullish(v.string(), ''),
  /** By project number, which begins every client id. */
  projects: v.nullish(v.record(v.string(), v.nullish(v.record(v.string(), v.unknown()), {})), {}),
  /** By client id. */
  clients: v.nullish(v.record(v.string(), v.nullish(v.record(v.string(), v.unknown()), {})), {}),
})

/** Where an attestation lies unless the gate file names another place. */
export const attestationFileNames = ['oauth-imap.attestation.yaml', 'oauth-imap.attestation.json'] as const

export interface AttestedFact {
  /** The project number or client id. */
  readonly of: string
  readonly name: string
  readonly value: string
  readonly line: number
  readonly column: number
}

export interface Attestation {
  readonly checkedOn: string
  /** Where `checkedOn` stands. */
  readonly stamp: { readonly line: number; readonly column: number }
  readonly checkedBy: string
  readonly facts: readonly AttestedFact[]
  readonly unknown: readonly UnknownName[]
}

/** What a person states about projects and clients; one file may cover many. */
export function readAttestation(tree: Tree): Attestation | Mistake {
  const parsed = v.safeParse(schema, plain(tree))
  if (!parsed.success) return mistakeOf(parsed.issues[0], tree)
  const groups = [
    ...Object.keys(parsed.output.projects).map((of) => ({ of, pointer: below('/projects', of), known: projectFacts })),
    ...Object.keys(parsed.output.clients).map((of) => ({ of, pointer: below('/clients', of), known: clientFacts })),
  ]
  const told = groups.flatMap(({ of, pointer, known }) =>
    [...(follow(tree, pointer)?.members ?? [])].map(([name, member]) => ({ of, pointer, known, name, member })),
  )
  const { line, column } = follow(tree, '/checkedOn') ?? tree
  return {
    checkedOn: parsed.output.checkedOn,
    stamp: { line, column },
    checkedBy: parsed.output.checkedBy,
    facts: told
      .filter(({ name, known }) => Object.hasOwn(known, name))
      .map(({ of, name, member }) => ({
        of: shown(of),
        name,
        value: shown(valueOf(member)),
        line: member.line,
        column: member.column,
      })),
    unknown: [
      ...unknownMembers(tree, '', Object.keys(schema.entries)),
      ...groups.flatMap(({ pointer, known }) => unknownMembers(follow(tree, pointer), pointer, Object.keys(known))),
    ],
  }
}

/** Nobody is to state a secret; who does all the same is not to see it on a screen. */
const shown = (text: string): string => (secretLook(text) === undefined ? text : '…')

/** A list of objects, such as secrets, is told as `created=2025-02-01,enabled=true` with blanks between. */
function valueOf(tree: Tree): string {
  if (tree.items?.some(({ members }) => members !== undefined))
    return tree.items
      .map(({ members = new Map<string, Tree>() }) =>
        [...members].map(([name, member]) => `${name}=${textOf(member) ?? ''}`).join(','),
      )
      .join(' ')
  return (listOf(tree) ?? []).join(' ')
}
