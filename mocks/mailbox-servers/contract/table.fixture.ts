import type { Place, Row, ServerName } from './row.fixture.ts'

/** What came of one row on one server. */
export interface Told {
  readonly server: ServerName
  readonly row: Row
  /** Answers that were compared. */
  readonly answers: number
  readonly seen: readonly Place[]
}

/** The contract as a person reads it, in Markdown: each row, and below the table what a server does otherwise and why. */
export function contractTable(
  told: readonly Told[],
  descriptions: Readonly<Record<ServerName, string>>,
  rows: readonly Row[],
): string {
  const names = Object.keys(descriptions) as ServerName[]
  const of = (server: ServerName, row: Row): Told | undefined =>
    told.find((each) => each.server === server && each.row === row)
  const cell = (server: ServerName, row: Row): string => {
    const one = of(server, row)
    if (one === undefined) return 'not played'
    const lines = new Set(one.seen.map(({ line }) => line)).size
    return lines === 0 ? `as it must be (${one.answers})` : `otherwise at ${lines} (${one.answers})`
  }
  return [
    '# What mailbox servers answer behind Gmail’s front',
    '',
    ...names.map((name) => `- ${name}: ${descriptions[name]}`),
    '',
    'In parentheses: how many answers were compared.',
    '',
    `| what must be | because | ${names.join(' | ')} |`,
    `|---|---|${names.map(() => '---|').join('')}`,
    ...rows.map(
      (row) => `| ${[row.title, row.because, ...names.map((name) => cell(name, row))].map(barred).join(' | ')} |`,
    ),
    ...names.flatMap((name) => [
      '',
      `## Otherwise on ${name}`,
      ...otherwise(told.filter(({ server }) => server === name)),
    ]),
    '',
  ].join('\n')
}

const barred = (text: string): string => text.replaceAll('|', '\\|')

function otherwise(told: readonly Told[]): readonly string[] {
  const seen = told.flatMap((each) => each.seen)
  const reasons = [...new Set(seen.map(({ deviation }) => deviation.reason))]
  return reasons.flatMap((reason) => [
    '',
    `**${reason}**`,
    '',
    '```diff',
    ...seen
      .filter(({ deviation }) => deviation.reason === reason)
      .flatMap(({ line, lacks, has }) => [
        `  ${line}`,
        ...lacks.map((answer) => `- S: ${answer}`),
        ...has.map((answer) => `+ S: ${answer}`),
      ]),
    '```',
  ])
}
