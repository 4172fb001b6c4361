import { type Check, type Lens, check } from '../../harness/model/check.ts'
import { type Finding, undecided } from '../../harness/model/finding.ts'
import type { LiveCause, LivePart } from '../../harness/model/live.ts'
import { type Journal, type Observation, all, positionOf } from '../../harness/model/observation.ts'

type Trouble = Observation<'live.trouble'>

interface Statement<E> extends Omit<Check<E>, 'needs' | 'instruments' | 'time' | 'scenarios' | 'features' | 'inFiles'> {
  /** Which part of the live profile shows it. */
  readonly part: LivePart
}

/** What was to be seen, or what kept the run from seeing it. */
type Shown<E> = { readonly seen: E } | { readonly trouble: Trouble }

/** A check that only a real account or a real server can show; neither `run` nor `check` plays it. */
export const liveCheck = <E>({ part, observes, inapplicable, judge, ...statement }: Statement<E>): Check =>
  check<Shown<E>>({
    needs: [],
    instruments: [],
    time: 'none',
    ...statement,
    scenarios: [partsOfServers.includes(part) ? 'live-servers' : 'live-account'],
    inapplicable: (journal) => notAsked(part, journal) ?? inapplicable?.(journal),
    observes: orTrouble(part, observes),
    judge: (shown, journal) => ('trouble' in shown ? couldNotTell(shown.trouble) : judge(shown.seen, journal)),
  })

const partsOfServers: readonly LivePart[] = ['metadata', 'keys', 'token-errors', 'tls', 'greeting', 'bad-token']

const orTrouble = <E>(part: LivePart, { types, names, select }: Lens<E>): Lens<Shown<E>> => ({
  types,
  names,
  select: (journal) => {
    const seen = select(journal).map(({ evidence, at }) => ({ evidence: { seen: evidence }, at }))
    const trouble = seen.length > 0 ? undefined : troubleOf(part, journal)
    return trouble === undefined ? seen : [{ evidence: { trouble }, at: [positionOf(trouble)] }]
  },
})

/** Without these nothing of what comes after them is played. */
const ground: readonly LivePart[] = ['metadata', 'greeting', 'sign-in', 'refresh']

function troubleOf(part: LivePart, journal: Journal): Trouble | undefined {
  const troubles = all(journal, 'live.trouble')
  return (
    troubles.find(({ fields }) => fields.part === part) ?? troubles.find(({ fields }) => ground.includes(fields.part))
  )
}

/** What ended a part before its end, though it had shown something by then; undefined where nothing did. */
export function cutShort(part: LivePart, journal: Journal): Finding | undefined {
  const trouble = all(journal, 'live.trouble').find(({ fields }) => fields.part === part)
  return trouble === undefined ? undefined : couldNotTell(trouble)
}

/** A server with a trouble of its own says nothing by what it answers; undefined where it has none. */
export const busy = (part: LivePart, journal: Journal): Finding | undefined =>
  all(journal, 'live.trouble').some(
    ({ fields: { part: its, cause } }) => its === part && (cause === 'throttled' || cause === 'server-error'),
  )
    ? cutShort(part, journal)
    : undefined

const couldNotTell = ({ fields: { cause, said } }: Trouble): Finding =>
  undecided(said === '' ? inWords(cause) : `${inWords(cause)}: ${said}`)

const acronyms: Readonly<Record<string, string>> = { imap: 'IMAP', tls: 'TLS' }

const inWords = (cause: LiveCause): string =>
  cause
    .split('-')
    .map((word) => acronyms[word] ?? word)
    .join(' ')

const unasked: Readonly<Partial<Record<LivePart, string>>> = {
  storage: 'the grant comes from the environment: nothing is stored',
  write: 'nothing is written without --write',
  revoke: 'nothing is revoked without --revoke',
}

/** Where nobody knows what was asked for, a trouble came before that, and is told. */
function notAsked(part: LivePart, journal: Journal): string | undefined {
  const [asked] = all(journal, 'live.asked')
  const also: readonly LivePart[] | undefined = asked?.fields.also
  return also === undefined || also.includes(part) ? undefined : unasked[part]
}
