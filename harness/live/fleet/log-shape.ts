import { verdictWords } from '../../model/verdict.ts'
import type { LogHeader, LogLine } from './log-lines.ts'

type Members = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: unknown, of: (member: unknown) => boolean): boolean => Array.isArray(value) && value.every(of)
const isText = (value: unknown): value is string => typeof value === 'string'
const areTexts = (of: Members, members: readonly string[]): boolean => members.every((member) => isText(of[member]))
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isInstant = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value))
const isVerdict = (value: unknown): boolean => verdictWords.some((word) => word === value)

export const isHeader = (line: unknown): line is LogHeader =>
  isObject(line) &&
  line['v'] === 1 &&
  isText(line['fingerprint']) &&
  isAsked(line['asked']) &&
  (line['shard'] === undefined || isText(line['shard']))

const isAsked = (asked: unknown): boolean =>
  isObject(asked) &&
  ['issuer', 'imap', 'scope', 'client', 'tool'].every((member) => isText(asked[member])) &&
  ['strict', 'includeMail', 'writes', 'revokes'].every((member) => typeof asked[member] === 'boolean') &&
  isCount(asked['catalogue']) &&
  isObject(asked['selection']) &&
  isList(asked['selection']['only'], isText) &&
  isList(asked['selection']['steps'], isCount)

/** What a damaged line could do to a report is looked at; what it says is for the reader to believe. */
export const isLine = (line: unknown, outcomes: number): line is LogLine => {
  if (!isObject(line)) return false
  const { run, outcome, servers, account, ended } = line
  const refers = (to: Members): boolean =>
    isCount(to['outcome']) && to['outcome'] < outcomes && isSpent(to['spent']) && isInstant(to['at'])
  if (isObject(run))
    return (
      isInstant(run['startedAt']) &&
      isCount(run['accounts']) &&
      isCount(run['lanes']) &&
      isText(run['runtime']) &&
      isList(run['instruments'], isText)
    )
  if (isObject(outcome)) return isOutcome(outcome)
  if (isObject(servers)) return refers(servers)
  if (isObject(account)) return refers(account) && isCount(account['place']) && isRow(account['row'])
  return isInstant(ended)
}

const isSpent = (spent: unknown): boolean =>
  isObject(spent) && ['received', 'sent', 'connections', 'mostAtOnce'].every((member) => isCount(spent[member]))

const isOutcome = ({ variants, compared, controls = [] }: Members): boolean =>
  isObject(variants) &&
  Object.values(variants).every(isVariant) &&
  isList(compared, isCompared) &&
  isList(controls, isText)

const isVariant = (variant: unknown): boolean =>
  isObject(variant) &&
  isVerdict(variant['verdict']) &&
  areTexts(variant, ['scenario', 'door', 'reason']) &&
  isList(variant['evidence'], (one) => isObject(one) && areTexts(one, ['at', 'excerpt'])) &&
  ['account', 'configuration'].every((member) => variant[member] === undefined || isText(variant[member])) &&
  (variant['control'] === undefined || isControl(variant['control']))

const isControl = (control: unknown): boolean =>
  isObject(control) && isText(control['title']) && typeof control['passed'] === 'boolean'

const isCompared = (row: unknown): boolean =>
  isObject(row) &&
  areTexts(row, ['area', 'look', 'fact', 'state']) &&
  ['expected', 'observed', 'since', 'note'].every((member) => row[member] === null || isText(row[member]))

const isRow = (row: unknown): boolean =>
  isObject(row) &&
  isText(row['key']) &&
  isText(row['address']) &&
  isVerdict(row['verdict']) &&
  isInstant(row['startedAt']) &&
  typeof row['durationMs'] === 'number' &&
  (row['cause'] === undefined || (isObject(row['cause']) && areTexts(row['cause'], ['id', 'title', 'next', 'said'])))
