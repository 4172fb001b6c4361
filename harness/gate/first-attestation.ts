import { clientFacts, projectFacts } from '../model/attested-fact.ts'
import { quoted } from './first-gate-file.ts'

/**
 * A form for what Google does not export, to be filled in by somebody who looks at the console.
 *
 * @param today such as `2026-11-22`
 */
export function attestationForm(clientIds: readonly string[], today: string, by: string): string {
  const projects = [...new Set(clientIds.map((id) => id.split('-')[0]!))]
  return [
    '# What the Google console shows and no file says. Look there, then remove the # of what is true;',
    '# `oauth-imap attest --by NAME` says later that it still is.',
    `checkedOn: ${today}`,
    `checkedBy: ${by === '' ? "''" : quoted(by)}`,
    ...section('projects', projects, projectFacts, '# By project number, the digits before the dash of a client id:'),
    ...section('clients', clientIds, clientFacts, '# By client id:'),
    '',
  ].join('\n')
}

function section(
  title: string,
  subjects: readonly string[],
  facts: Readonly<Record<string, string>>,
  comment: string,
): readonly string[] {
  const lines = Object.entries(facts).map(([name, describe]) => `# ${name}: ${describe}`)
  if (subjects.length === 0) return [comment, `${title}: {}`, ...lines]
  return [`${title}:`, ...subjects.flatMap((subject) => [`  '${subject}':`, ...lines.map((line) => `    ${line}`)])]
}
