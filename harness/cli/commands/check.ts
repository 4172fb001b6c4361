import { type CheckSettings, type Checked, examineProjects } from '../../check-projects.ts'
import { type FoundProjects, findProjects } from '../../gate/find-projects.ts'
import { openFleet, together } from '../../gate/fleet/open-fleet.ts'
import { Fault } from '../../model/fault.ts'
import type { Terminal } from '../../model/terminal.ts'
import { onInterrupt } from '../../runtime/interrupt.ts'
import { wallClock } from '../../runtime/wall-clock.ts'
import { catalogue } from '../catalogue.ts'
import type { ExitCode, Invocation } from '../command.ts'
import { exitCodeOf, stopwatch } from '../outcome.ts'
import { askPerson, mend } from '../mend.ts'
import { listOption, stepOption, textOption } from '../options.ts'
import { playedLines } from '../progress.ts'
import { recordBaseline } from '../record-baseline.ts'
import { beside, destinations, prepare, tellReport } from '../write-reports.ts'

/** Checks configurations before the first request: reads files, sends nothing, and writes only what it is asked to. */
export async function run(invocation: Invocation): Promise<ExitCode> {
  // By itself the signal would leave behind whatever is under way, such as git.
  const undo = onInterrupt(() => {
    invocation.terminal.complain('oauth-imap: interrupted; nothing was judged.')
    process.exit(130)
  })
  try {
    return await checkAsAsked(invocation)
  } finally {
    undo()
  }
}

async function checkAsAsked({ arguments: paths, options, terminal }: Invocation): Promise<ExitCode> {
  const places = destinations(listOption(options, 'report'), textOption(options, 'out') ?? 'conformance-report')
  const writing = writingOption(options)
  await prepare(places)
  const aside = beside(places, terminal)
  const found = await asked(paths, listOption(options, 'from'))
  const settings = settingsOf(options, found)
  const look = (): Promise<Checked> =>
    examineProjects(settings, catalogue, { stopwatch, played: playedLines(aside, found) })

  let checked = await look()
  if (writing.baseline !== undefined) {
    await recordBaseline(checked, writing.baseline, aside)
    checked = await look()
  } else if (writing.fix && (await mend(checked, writing.agree, aside))) checked = await look()
  const { report } = checked
  await tellReport(report, places, terminal)
  // Not beside a report on standard output: there a program reads.
  if (aside === terminal) tellUnmapped(checked, terminal)
  return exitCodeOf(report)
}

/** Most settings lie where only a gate file leads; who has none should learn of it where so much did not apply. */
function tellUnmapped({ projects }: Checked, terminal: Terminal): void {
  const [project, ...others] = projects.map(({ policy }) => policy)
  if (project === undefined || others.length > 0 || project.found !== undefined) return
  if (project.project.directory === undefined) return
  const folder = project.project.name === '.' ? '' : ` ${project.project.name}`
  terminal.print(
    `There is no gate file, so only client files, .env and the repository were looked at.\n\`npx oauth-imap init gate${folder}\` writes one that says where the other settings are.`,
  )
}

const settingsOf = (options: Invocation['options'], found: FoundProjects): CheckSettings => {
  const changedSince = textOption(options, 'changedSince')
  return {
    ...found,
    selection: { only: listOption(options, 'only'), steps: stepOption(options) },
    strict: options['strict'] === true,
    played: options['play'] === true,
    history: options['history'] !== false,
    now: wallClock.now(),
    ...(changedSince === undefined ? {} : { changedSince }),
  }
}

interface Writing {
  /** The file that was named, or none: each project’s own. Undefined where no baseline is asked for. */
  readonly baseline: { readonly file: string | undefined } | undefined
  readonly fix: boolean
  agree(): Promise<boolean>
}

/** @throws Fault `USAGE` for options that contradict each other */
function writingOption(options: Invocation['options']): Writing {
  const asked = options['writeBaseline']
  const [fix, agreed] = [options['fix'] === true, options['yes'] === true]
  const part = ['only', 'step', 'changedSince'].some((name) => listOption(options, name).length > 0)
  const drop = 'Leave one of them out.'
  const agree = agreed ? async () => true : askPerson
  if (agreed && !fix) throw new Fault('USAGE', '--yes agrees to what --fix shows, and there is no --fix.', 'Add --fix.')
  if (asked === undefined) return { baseline: undefined, fix, agree }
  if (fix) throw new Fault('USAGE', '--fix mends what --write-baseline would let stand.', drop)
  if (part)
    throw new Fault('USAGE', '--write-baseline looks at everything; --only, --step, --changed-since do not.', drop)
  return { baseline: { file: typeof asked === 'string' ? asked : undefined }, fix, agree }
}

/** The paths and documents that were named; the current folder when nothing was. */
async function asked(paths: readonly string[], documents: readonly string[]): Promise<FoundProjects> {
  const folders = paths.length === 0 && documents.length === 0 ? ['.'] : paths
  const fleets = await Promise.all(documents.map(openFleet))
  return together([...(folders.length === 0 ? [] : [await findProjects(folders)]), ...fleets])
}
