import { Fault } from './model/fault.ts'
import { type Journal, type Observation, positionOf } from './model/observation.ts'
import type { Report } from './model/report.ts'
import type { Scanner } from './secret-scanner.ts'

/** A secret in what is about to be shown: which one and where, never the value. */
export interface Escape {
  readonly ref: string
  readonly form: string
  /** JSON Pointer (RFC 6901). */
  readonly place: string
}

/** Looks at every string of a JSON value, names of members included; pure. */
export function escapesIn(value: unknown, scanners: readonly Pick<Scanner, 'scanText'>[]): readonly Escape[] {
  return [...searched(value, '', lookWith(scanners))]
}

type Look = (text: string) => readonly Omit<Escape, 'place'>[]

/** Most strings stand in many places, so each is looked at once. */
function lookWith(scanners: readonly Pick<Scanner, 'scanText'>[]): Look {
  const seen = new Map<string, ReturnType<Look>>()
  return (text) => {
    const known = seen.get(text)
    if (known !== undefined) return known
    const found = scanners.flatMap((scanner) => scanner.scanText(text)).map(({ ref, form }) => ({ ref, form }))
    seen.set(text, found)
    return found
  }
}

function* searched(value: unknown, place: string, look: Look): Generator<Escape> {
  if (typeof value === 'string') for (const found of look(value)) yield { ...found, place }
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    const escapes = look(name)
    // A name that holds a secret must not stand in the place either.
    for (const found of escapes) yield { ...found, place }
    const step = escapes.length > 0 ? '…' : name.replaceAll('~', '~0').replaceAll('/', '~1')
    yield* searched(member, `${place}/${step}`, look)
  }
}

/**
 * The last look at a report before anybody sees it.
 *
 * @param scanners those of every world that was played
 * @throws Fault `SECRET_IN_OUTPUT` which names the reference and the place
 */
export const withoutSecrets = (report: Report, scanners: readonly Pick<Scanner, 'scanText'>[]): Report =>
  withoutSecretsIn(report, scanners)

/** The same for a part of one. */
export function withoutSecretsIn<T>(value: T, scanners: readonly Pick<Scanner, 'scanText'>[]): T {
  const [escape, ...others] = escapesIn(value, scanners)
  if (escape === undefined) return value
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  throw new Fault(
    'SECRET_IN_OUTPUT',
    `The report would show ${told(escape)} at ${escape.place}${more}; nothing is written.`,
    'This is a fault of ours. Please report it with the command you gave.',
  )
}

/** A journal that holds a secret proves nothing: what holds it is taken out, and its scenario did not end well. */
export function sealedWithoutSecrets(journal: Journal, scanner: Pick<Scanner, 'scanText'>): Journal {
  const look = lookWith([scanner])
  const isClean = ({ fields }: Observation): boolean => searched(fields, '', look).next().done === true
  const guilty = journal.observations.find((observation) => !isClean(observation))
  const [escape] = guilty === undefined ? [] : searched(guilty.fields, '', look)
  if (guilty === undefined || escape === undefined) return journal
  const fields = {
    completed: false,
    reason: `a fault of ours: the journal holds ${told(escape)} at ${positionOf(guilty)}${escape.place}`,
  }
  const observations = journal.observations
    .filter((observation) => observation.type === 'scenario.end' || isClean(observation))
    .map((observation) =>
      observation.type === 'scenario.end' ? Object.freeze({ ...observation, fields }) : observation,
    )
  return Object.freeze({ ...journal, observations: Object.freeze(observations) })
}

const told = ({ ref, form }: Escape): string => (form === 'raw' ? `‹${ref}›` : `‹${ref}› (${form})`)
