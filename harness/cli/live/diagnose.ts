import { createLogReader } from '../../diagnosis/log.ts'
import type { Answers } from '../../diagnosis/model.ts'
import { diagnose as ranked } from '../../diagnosis/rank.ts'
import { tell } from '../../diagnosis/tell.ts'
import { openJournal } from '../../journal.ts'
import { causeText } from '../../live/causes-elsewhere.ts'
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
    const end = endOf(found.lines)
    if (end !== undefined) terminal.print(end)
    return 0
  }
  const { title, next } = causeText(cause, settings.farSide.issuer)
  terminal.print(`\nCause    ${title}\nNext     ${next}`)
  const reader = createLogReader()
  for (const line of found.lines) reader.add(line)
  const log = reader.end()
  // Of a vault that cannot be read this is what was told above.
  const kept = await plan!.store.load(plan!.account).catch(() => undefined)
  const answers = ageAnswer(kept?.grantedAt, ports.now())
  const diagnoses = log.incidents.map((incident) => ranked(incident, answers))
  if (diagnoses.length > 0)
    terminal.print(`
${tell(log, diagnoses)}`)
  return own.has(cause) ? 1 : 2
}

/** Google names the end of a grant only where it ends by itself (`refresh_token_expires_in`, seconds). */
function endOf(lines: readonly string[]): string | undefined {
  const [seconds] = lines.flatMap((line) => /"refresh_token_expires_in":"?(\d+)/.exec(line)?.[1] ?? [])
  if (seconds === undefined) return undefined
  return (
    `But the grant ends in ${(Number(seconds) / 86_400).toFixed(1)} days. With status Testing that is so seven days after ` +
    'each sign-in: publish the project, then sign in again.'
  )
}

/** The one question that we can answer ourselves: how long ago the account’s owner was asked. */
function ageAnswer(grantedAt: number | undefined, now: number): Answers {
  if (grantedAt === undefined) return {}
  const days = (now - grantedAt) / 86_400_000
  if (days < 1) return { age: 'under-a-day' }
  if (days >= 6.5 && days <= 8) return { age: 'about-a-week' }
  return days > 8 ? { age: 'longer' } : {}
}
