import { type Look, type Recording, driftAreas } from '../../model/drift.ts'
import { Fault } from '../../model/fault.ts'
import type { Scanner } from '../../secret-scanner.ts'
import { escapesIn } from '../../secret-gate.ts'

/**
 * The looks of a run as a person can commit them: canonical JSON, so that two runs that saw the same write the same.
 *
 * @param scanners those of the run, each with what it must never show
 * @throws Fault `SECRET_IN_OUTPUT` for a registered secret, and for whatever looks like one or like somebody’s address
 */
export function makeRecording(
  looks: readonly Look[],
  at: Pick<Recording, 'recordedOn' | 'issuer' | 'imap'>,
  scanners: readonly Pick<Scanner, 'scanText'>[],
): string {
  const { recordedOn, issuer, imap } = at
  const recording: Recording = { schemaVersion: 1, recordedOn, issuer, imap, looks: inOrder(looks) }
  const [found] = [...escapesIn(recording, scanners), ...likeSecrets(recording)]
  if (found !== undefined)
    throw new Fault(
      'SECRET_IN_OUTPUT',
      `The recording would show ‹${found.ref}› at ${found.place}; nothing is written.`,
      'This is a fault of ours. Please report it with the command you gave.',
    )
  return `${JSON.stringify(recording, null, 2)}\n`
}

/** Areas as they are always told, looks and facts by name; what was seen twice alike stands there once. */
function inOrder(looks: readonly Look[]): readonly Look[] {
  const texts = looks.map(({ area, look, facts }) =>
    JSON.stringify({ area, look, facts: Object.fromEntries(Object.entries(facts).toSorted(byName)) }),
  )
  const ordered = [...new Set(texts)].toSorted().map((text) => JSON.parse(text) as Look)
  return driftAreas.flatMap((area) => ordered.filter((one) => one.area === area))
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : Number(a > b))

/** How a secret or an account looks where nobody registered it. */
const shapes: Readonly<Record<string, RegExp>> = {
  'access token': /\bya29\./,
  'refresh token': /\b1\/\/0/,
  'authorization code': /\b4\/0/,
  'client secret': /\bGOCSPX-/,
  'client id': /\.apps\.googleusercontent\.com\b/,
  'signed token': /\beyJ[\w-]{8,}\./,
  'address of an account': /[^\s"<>()@]{1,64}@[^\s"<>()@]{1,255}\.[a-z]{2,}/i,
  'IP address': /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|(?<![\w:])(?:[\da-f]{1,4}:){3,}[\da-f:]+/i,
}

/** What no name and no value of a server’s needs. */
const longest = 5_000

function* likeSecrets({ looks }: Recording): Generator<{ readonly ref: string; readonly place: string }> {
  for (const { area, look, facts } of looks)
    for (const text of Object.entries(facts).flat())
      for (const ref of shapesOf(text)) yield { ref, place: `${area}/${look}` }
}

function shapesOf(text: string): readonly string[] {
  if (text.length > longest) return ['text without end']
  const shaped = Object.keys(shapes).filter((name) => shapes[name]!.test(text))
  return isRandom(text) ? [...shaped, 'random text'] : shaped
}

/** Words are of one case, or begin with a capital; a long run of all kinds of characters is made up. */
const isRandom = (text: string): boolean =>
  (text.match(/[\w+-]{24,}/g) ?? []).some((run) => /\d/.test(run) && /[A-Z]/.test(run) && /[a-z]/.test(run))

/**
 * Reads what was recorded and maybe edited by hand since.
 *
 * @throws Fault `SETTINGS_INVALID`
 */
export function readRecording(text: string): Recording {
  const recording: unknown = parsed(text)
  if (!isRecording(recording))
    throw new Fault(
      'SETTINGS_INVALID',
      'A recording holds schemaVersion 1, recordedOn, issuer, imap and looks, each look with facts that are texts.',
      'Record it again with `oauth-imap live --record FILE`.',
    )
  return recording
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Fault('SETTINGS_INVALID', 'A recording is JSON, and this is none.', 'Record it again.', { cause })
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isRecording = (value: unknown): value is Recording =>
  isObject(value) &&
  value['schemaVersion'] === 1 &&
  /^\d{4}-\d\d-\d\d$/.test(String(value['recordedOn'])) &&
  typeof value['issuer'] === 'string' &&
  typeof value['imap'] === 'string' &&
  Array.isArray(value['looks']) &&
  value['looks'].every(isLook)

const isLook = (value: unknown): value is Look =>
  isObject(value) &&
  driftAreas.some((area) => area === value['area']) &&
  typeof value['look'] === 'string' &&
  isObject(value['facts']) &&
  Object.values(value['facts']).every((fact) => typeof fact === 'string')
