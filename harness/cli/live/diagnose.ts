import { createLogReader } from '../../diagnosis/log.ts'
import type { Answers } from '../../diagnosis/model.ts'
import { diagnose as ranked } from '../../diagnosis/rank.ts'
import { tell } from '../../diagnosis/tell.ts'
import { openJournal } from '../../journal.ts'
import { causes } from '../../live/causes.ts'
import { diagnose } from '../../live/diagnose.ts'
import { openContext } from '../../live/open-context.ts'
import { LiveTrouble } from '../../live/trouble.ts'
import { Fault } from '../../model/fault.ts'
import type { LiveCause } from '../../model/live.ts'
import type { Terminal } from '../../model/terminal.ts'
import type { LivePorts, LiveSettings } from '../../verify-live.ts'
import type { ExitCode, Invocation } from '../command.ts'

/** With these it is the grant, the client or the account that does not do; with any other nothing could be told. */
const own: ReadonlySet<LiveCause> = new Set([
  'wrong-account',
  'scope-unticked',
  'grant-dead',
  'client-refused',
  'not-the-issuer',
  'not-imap',
  'imap-off',
  'login-refused',
  'mechanism-missing',
])

/** @throws Fault `USAGE` for what a diagnosis does not do */
export function requireDiagnosisAlone(options: Invocation['options']): void {
  const other = ['accounts', 'write', 'revoke', 'again', 'record'].find((name) => (options[name] ?? false) !== false)
  if (other !== undefined)
    throw new Fault(
      'USAGE',
      `--diagnose only looks at one account, and --${other} does more.`,
      'Leave one of them out.',
    )
}

/** One refresh, one look at the token, one login; what is wrong is explained as `why` explains it. */
export async function diagnoseAccount(settings: LiveSettings, ports: LivePorts, terminal: Terminal): Promise<ExitCode> {
  const [plan] = settings.accounts
  const journal = openJournal({ scenario: 'live-diagnosis', door: 'tls', seed: 0 }, () => 0)
  await using opened = openContext(settings, ports, { journal, named: plan!.account, account: plan!.account })
  const found = await diagnose(opened.context, plan!).catch((error: unknown) => {
    if (error instanceof LiveTrouble && error.trouble === 'interrupted') return undefined
    throw error
  })
  if (found === undefined) return 130
  for (const line of found.lines) terminal.print(`  ${line}`)
  const { cause } = found
  if (cause === undefined) {
    terminal.print('Nothing is wrong: the grant gives tokens, the token opens the mailbox.')
    return 0
  }
  terminal.print(`\nCause    ${causes[cause].title}\nNext     ${causes[cause].next}`)
  const reader = createLogReader()
  for (const line of found.lines) reader.add(line)
  const log = reader.end()
  const answers = ageAnswer((await plan!.store.load(plan!.account))?.grantedAt, ports.now())
  const diagnoses = log.incidents.map((incident) => ranked(incident, answers))
  if (diagnoses.length > 0)
    terminal.print(`
${tell(log, diagnoses)}`)
  return own.has(cause) ? 1 : 2
}

/** The one question that we can answer ourselves: how long ago the account’s owner was asked. */
function ageAnswer(grantedAt: number | undefined, now: number): Answers {
  if (grantedAt === undefined) return {}
  const days = (now - grantedAt) / 86_400_000
  if (days < 1) return { age: 'under-a-day' }
  if (days >= 6.5 && days <= 8) return { age: 'about-a-week' }
  return days > 8 ? { age: 'longer' } : {}
}
