import type { Report, ReportWriter } from '../harness/model/report.ts'
import schema from './report.schema.json' with { type: 'json' }

/** As much of a JSON Schema as tells in which order keys stand. */
interface Shape {
  readonly type?: unknown
  readonly enum?: unknown
  readonly const?: unknown
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
}

const definitions: Readonly<Record<string, Shape>> = schema.$defs

const resolved = (shape: Shape): Shape =>
  shape.$ref === undefined ? shape : (definitions[shape.$ref.replace('#/$defs/', '')] ?? {})

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

/** Keys in the order of the schema, those that it does not name in alphabetical order behind them. */
function ordered(value: unknown, reference: Shape): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { properties = {}, items = {} } = resolved(reference)
  if (Array.isArray(value)) return value.map((item) => ordered(item, items))
  const known = Object.keys(properties).filter((key) => key in value)
  const unknown = Object.keys(value).filter((key) => !(key in properties))
  const members = new Map(Object.entries(value))
  const keys = [...known, ...unknown.toSorted(byCodeUnit)]
  return Object.fromEntries(keys.map((key) => [key, ordered(members.get(key), properties[key] ?? {})]))
}

/** The report as it is, for machines: the schema's key order, two spaces, a newline at the end. */
export const json: ReportWriter = {
  format: 'json',
  mediaType: 'application/json',
  fileName: 'report.json',
  write: (report: Report) => `${JSON.stringify(ordered(report, schema), null, 2)}\n`,
}
