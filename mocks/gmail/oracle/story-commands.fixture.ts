import fc from 'fast-check'
import { octets } from '../../../fixtures/mailboxes/oracle/octets.fixture.ts'
import type { Lying } from './party.fixture.ts'
import { type Known, type Stage, bothSay, choose, folderNames, foldersWith, look } from './story.fixture.ts'

type Command = fc.AsyncCommand<Known, Stage>

const actors = fc.constantFrom(0, 1)
const folders = fc.constantFrom(...folderNames)
const picks = fc.array(fc.tuple(fc.nat(9), fc.nat(3)), { minLength: 1, maxLength: 3 })
const flags = fc.subarray(['\\Seen', '\\Flagged', '\\Answered', '\\Draft', '\\Deleted', 'Work'])

interface Rules {
  readonly title: string
  /** Absent: at any time. */
  readonly check?: (known: Known) => boolean
  readonly run: (known: Known, stage: Stage) => Promise<void>
}

/** A command first hears what the other connection did, and after it both servers are looked at. */
const command = (actor: number, { title, check = () => true, run }: Rules): Command => {
  const told = `${actor}: ${title}`
  return {
    check: (known) => check(known),
    async run(known, stage) {
      if (known.open[actor] !== null) await say(stage, actor, 'NOOP')
      await run(known, stage)
      await look(stage, known, told)
    },
    toString: () => told,
  }
}

/** One that needs an open folder. */
const inFolder = (actor: number, { title, check = () => true, run }: Rules): Command =>
  command(actor, { title, check: (known) => known.open[actor] !== null && check(known), run })

const select = (actor: number, verb: string, folder: string): Command =>
  command(actor, {
    title: `${verb} ${folder}`,
    async run(known, stage) {
      const condition = await bothSay(stage, actor, `${verb} ${folder}`)
      known.open[actor] = condition === 'OK' ? { folder, readOnly: verb === 'EXAMINE' } : null
    },
  })

const selecting = fc
  .tuple(actors, fc.constantFrom('SELECT', 'SELECT', 'SELECT', 'EXAMINE'), folders)
  .map(([actor, verb, folder]) => select(actor, verb, folder))

const leaving = fc.tuple(actors, fc.constantFrom('CLOSE', 'UNSELECT')).map(([actor, verb]) =>
  inFolder(actor, {
    title: verb,
    async run(known, stage) {
      await bothSay(stage, actor, verb)
      known.open[actor] = null
    },
  }),
)

const append = (actor: number, folder: string, named: readonly string[]): Command =>
  command(actor, {
    title: `APPEND ${folder} (${named.join(' ')})`,
    async run(known, stage) {
      const number = ++known.appended
      const message = octets(`Message-ID: <${number}@example.com>\nSubject: ${'s'.repeat(number)}\n\nText.\n`)
      const line = `APPEND ${folder} (${named.join(' ')}) "1${number % 10}-Jan-2026 10:00:00 +0000" `
      await bothSay(stage, actor, `APPEND ${folder}`, () => [line, message])
    },
  })

const appending = fc.tuple(actors, folders, flags).map(([actor, folder, named]) => append(actor, folder, named))

/** A label that came or went is a change of the message, in whatever folder one looks; `since` counts states back. */
function hasStayed(known: Known, actor: number, messages: readonly Lying[], since: number): boolean {
  const state = known.modSeqs.length - 1 - since
  return (
    messages.every(({ id }) => (known.moved.get(id) ?? 0) <= state) &&
    known.modSeqs[state]?.has(known.open[actor]!.folder) === true
  )
}

const storing = fc
  .record({
    actor: actors,
    set: picks,
    byUid: fc.boolean(),
    item: fc.constantFrom('FLAGS', '+FLAGS', '-FLAGS', 'FLAGS.SILENT', '+FLAGS.SILENT', '-FLAGS.SILENT'),
    flags,
    /** How many states ago the folder was as it must still be; null asks no such thing. */
    since: fc.option(fc.nat(4)),
  })
  .map(({ actor, set, byUid, item, flags: named, since }) =>
    inFolder(actor, {
      title: `STORE ${JSON.stringify(set)} ${item} (${named.join(' ')}) uid ${byUid} since ${since}`,
      check(known) {
        const messages = choose(known, actor, set)?.messages ?? []
        const alone = messages.every(({ id }) => foldersWith(known.folders, id).length === 1)
        // Flags are of the message, whatever folders show it; `\Deleted` alone is of the place.
        const ofPlace = named.join() === '\\Deleted' && !item.startsWith('FLAGS')
        if (messages.length === 0 || !(alone || ofPlace)) return false
        return since === null || (alone && hasStayed(known, actor, messages, since))
      },
      async run(known, stage) {
        const chosen = choose(known, actor, set)!
        const highest = known.modSeqs.at(-1 - (since ?? 0))!.get(known.open[actor]!.folder)
        const command = byUid ? `UID STORE ${chosen.uids}` : `STORE ${chosen.numbers}`
        await bothSay(stage, actor, `${command} ${item} (${named.join(' ')})`, (name) => [
          `${command}${since === null ? '' : ` (UNCHANGEDSINCE ${highest![name]})`} ${item} (${named.join(' ')})`,
        ])
        if (item.endsWith('.SILENT'))
          for (const party of Object.values(stage.parties)) party.forget(actor, chosen.positions)
      },
    }),
  )

const copying = fc
  .tuple(actors, fc.constantFrom('COPY', 'UID COPY', 'MOVE', 'UID MOVE'), picks, folders)
  .map(([actor, verb, set, target]) =>
    inFolder(actor, {
      title: `${verb} ${JSON.stringify(set)} ${target}`,
      check(known) {
        // In an examined mailbox Dovecot makes copies, and says that it moved; RFC 3501 §6.3.2 lets nothing be moved.
        if (verb.endsWith('MOVE') && known.open[actor]!.readOnly) return false
        const messages = choose(known, actor, set)?.messages ?? []
        // A message has a label once, so no folder shows it twice; and `\Deleted` is of the place, so a label comes without.
        const comes = ({ id, flags }: Lying): boolean =>
          !foldersWith(known.folders, id).includes(target) && !flags.includes('\\Deleted')
        return messages.length > 0 && messages.every(comes)
      },
      async run(known, stage) {
        const { uids, numbers } = choose(known, actor, set)!
        await bothSay(stage, actor, `${verb} ${verb.startsWith('UID') ? uids : numbers} ${target}`)
      },
    }),
  )

const expunging = actors.map((actor) =>
  inFolder(actor, { title: 'EXPUNGE', run: (_, stage) => say(stage, actor, 'EXPUNGE') }),
)

const uidExpunging = fc.tuple(actors, picks).map(([actor, set]) =>
  inFolder(actor, {
    title: `UID EXPUNGE ${JSON.stringify(set)}`,
    check: (known) => choose(known, actor, set) !== undefined,
    run: (known, stage) => say(stage, actor, `UID EXPUNGE ${choose(known, actor, set)!.uids}`),
  }),
)

const reading = fc.tuple(actors, picks).map(([actor, set]) =>
  inFolder(actor, {
    title: `FETCH ${JSON.stringify(set)} BODY[1]`,
    check: (known) =>
      choose(known, actor, set)?.messages.every(({ id }) => foldersWith(known.folders, id).length === 1) ?? false,
    run: (known, stage) => say(stage, actor, `FETCH ${choose(known, actor, set)!.numbers} BODY[1]`),
  }),
)

const catchingUp = fc.tuple(actors, fc.nat(6)).map(([actor, since]) =>
  inFolder(actor, {
    title: `FETCH 1:* FLAGS changed in the last ${since}`,
    check(known) {
      const messages = known.folders.get(known.open[actor]!.folder)?.messages ?? []
      const alone = messages.every(({ id }) => foldersWith(known.folders, id).length === 1)
      return messages.length > 0 && alone && hasStayed(known, actor, messages, since)
    },
    async run(known, stage) {
      const highest = known.modSeqs.at(-1 - since)!.get(known.open[actor]!.folder)!
      await bothSay(stage, actor, 'FETCH 1:* FLAGS (CHANGEDSINCE)', (name) => [
        `FETCH 1:* (FLAGS) (CHANGEDSINCE ${highest[name]})`,
      ])
    },
  }),
)

const asking = fc.tuple(actors, folders).map(([actor, folder]) =>
  command(actor, {
    title: `STATUS ${folder}`,
    check: (known) => known.open[actor]?.folder !== folder,
    run: (_, stage) => say(stage, actor, `STATUS ${folder} (MESSAGES UIDNEXT UNSEEN)`),
  }),
)

const isOpen = (known: Known, folder: string): boolean => known.open.some((opened) => opened?.folder === folder)

const manage = (actor: number, line: string, named: readonly string[]): Command =>
  command(actor, {
    title: line,
    // Servers may do what they like with those who have a folder open that goes (RFC 2180 §3). After RENAME INBOX Dovecot
    // makes a new INBOX with UIDs from 1, here it stays and is empty: RFC 3501 §6.3.5 and §2.3.1.1 allow both.
    check: (known) =>
      line.startsWith('CREATE') || !(named.some((name) => isOpen(known, name)) || line.startsWith('RENAME INBOX')),
    run: (_, stage) => say(stage, actor, line),
  })

const managing = fc
  .tuple(actors, fc.constantFrom('CREATE', 'CREATE', 'DELETE', 'RENAME'), folders, folders)
  .map(([actor, verb, folder, other]) =>
    verb === 'RENAME'
      ? manage(actor, `RENAME ${folder} ${other}`, [folder, other])
      : manage(actor, `${verb} ${folder}`, [folder]),
  )

async function say(stage: Stage, actor: number, line: string): Promise<void> {
  await bothSay(stage, actor, line)
}

const weighted: readonly (readonly [number, fc.Arbitrary<Command>])[] = [
  [3, selecting],
  [1, leaving],
  [5, appending],
  [8, storing],
  [6, copying],
  [2, expunging],
  [1, uidExpunging],
  [1, reading],
  [1, catchingUp],
  [1, asking],
  [2, managing],
]

/** Everything that two connections may do in one account. */
export const storyCommands = weighted.flatMap(([weight, each]) => Array.from({ length: weight }, () => each))

/** How every story begins: there is something to work on. */
export const storyOpening: readonly Command[] = [
  manage(0, 'CREATE One', []),
  manage(1, 'CREATE Two', []),
  ...[[], ['\\Seen'], ['Work'], ['\\Flagged', '\\Seen'], ['\\Deleted']].map((named) => append(0, 'INBOX', named)),
  append(1, 'One', []),
  select(0, 'SELECT', 'INBOX'),
  select(1, 'SELECT', 'INBOX'),
]
