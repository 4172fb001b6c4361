import { Fault } from '../../model/fault.ts'
import { type FoundSettings, findSettings } from '../../settings.ts'
import { mailboxChoice } from '../../mailbox-choice.ts'
import type { RunSettings } from '../../run-settings.ts'
import { resolve } from '../../runtime/path.ts'
import type { ExitCode, Invocation } from '../command.ts'
import { execute } from '../execute.ts'
import { listOption, seedOption, stepOption, textOption, timeoutOption } from '../options.ts'
import { plainLines } from '../progress.ts'
import { broken, exampleConfiguration, findCounterexample, reference } from '../subjects.ts'
import { destinations, prepare } from '../write-reports.ts'

/** Tests the subject that the options or the settings name, and writes reports. */
export async function run({ options, terminal }: Invocation): Promise<ExitCode> {
  const found = await findSettings('.', textOption(options, 'settings'))
  const settings = runSettings(options, found)
  const { out, report: formats } = found.settings
  const asked = listOption(options, 'report')
  const places = destinations(
    asked.length > 0 ? asked : (formats ?? ['json', 'html']),
    textOption(options, 'out') ?? out ?? 'conformance-report',
  )
  await prepare(places)
  return execute(settings, places, terminal, plainLines(terminal))
}

function runSettings(options: Invocation['options'], { settings, directory, file }: FoundSettings): RunSettings {
  return {
    ...(file === undefined ? {} : { settingsFile: file }),
    ...subjectOf(textOption(options, 'subject') ?? settings.subject, settings.configuration, directory),
    mailbox: mailboxChoice(textOption(options, 'mailbox') ?? settings.mailbox ?? 'embedded', settings),
    selection: { only: listOption(options, 'only'), steps: stepOption(options) },
    seed: seedOption(options) ?? settings.seed ?? 1,
    strict: options['strict'] === true || settings.strict === true,
    timeout: timeoutOption(options) ?? settings.timeout ?? 60,
  }
}

function subjectOf(
  name: string | undefined,
  configuration: string | undefined,
  directory: string,
): Pick<RunSettings, 'subject' | 'configuration'> {
  if (name === undefined)
    throw new Fault(
      'USAGE',
      'No subject: neither --subject nor the settings name the application to test.',
      'Try `oauth-imap demo`, or name one in oauth-imap.config.json: {"subject": "reference"}.',
    )
  if (name !== 'reference') return broken(findCounterexample(name))
  const own = configuration === undefined ? exampleConfiguration.directory : resolve(directory, configuration)
  const isExample = own === resolve(exampleConfiguration.directory)
  return {
    subject: reference,
    // The example is judged as it is made for every run, not as it lies in whatever repository holds it here.
    configuration: isExample ? exampleConfiguration : { directory: own, evidence: 'your configuration' },
  }
}
