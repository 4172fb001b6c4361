import type { GateFinding } from '../../harness/model/report.ts'

/** The folder in which the command was given; in code scanning, the root of the repository. */
export const sourceRoot = '%SRCROOT%'

const encoded = (path: string): string => path.toWellFormed().split('/').map(encodeURIComponent).join('/')

/** A path as a URI reference: one from the root stands for itself, any other is relative to the source root. */
export const artifactOf = (path: string) =>
  path.startsWith('/') ? { uri: `file://${encoded(path)}` } : { uri: encoded(path), uriBaseId: sourceRoot }

/** Where a finding stands. */
export const locationOf = ({ path, line, column }: Pick<GateFinding, 'path' | 'line' | 'column'>) => ({
  physicalLocation: { artifactLocation: artifactOf(path), region: { startLine: line, startColumn: column } },
})
