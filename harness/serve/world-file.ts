import * as v from 'valibot'
import {
  type Document,
  LineCounter,
  type Scalar,
  type YAMLError,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  visit,
} from 'yaml'
import { Fault } from '../model/fault.ts'
import { flawsOf } from './control/members.ts'
import { type WorldFile, worldSchema } from './world-schema.ts'

/** UTF-16 code units: what takes longest to refuse takes about a second. */
const mostText = 200_000
/** Each is looked up by a walk through the file. */
const mostAliases = 200
/** Values, those under an alias counted wherever it stands: a few lines of aliases can hold billions. */
const mostValues = 100_000

type Path = readonly (string | number)[]

/** A world file that has the form of one, and who can tell where something stands in it. */
export interface ReadWorld {
  readonly world: WorldFile
  /** The fault of a value that is well formed and cannot be used. */
  fault(path: Path, problem: string, hint?: string): Fault
}

/**
 * Reads a world from YAML 1.2, of which JSON is a part.
 *
 * @param name what the file is called in faults
 * @throws Fault `SETTINGS_INVALID` with line, column and what is expected; it repeats nothing but names of members
 */
export function readWorldFile(text: string, name: string): ReadWorld {
  const lines = new LineCounter()
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return ` (line ${line}, column ${col})`
  }
  const fault = (problem: string, hint = mend): Fault =>
    new Fault('SETTINGS_INVALID', `${name}${problem}${problem.endsWith('?') ? '' : '.'}`, hint)
  if (text.length > mostText) throw fault(` is longer than ${mostText} characters`, 'Give messages files of their own.')

  const result = parse(text, lines)
  if ('problem' in result) throw fault(`${result.offset === undefined ? '' : at(result.offset)}${result.problem}`)
  const { document, value } = result
  const where = (path: Path, key = false): string => at(offsetOf(document, path, key))
  const parsed = v.safeParse(worldSchema, value)
  if (parsed.success && !Array.isArray(value))
    return {
      world: parsed.output,
      fault: (path, problem, hint = mend) => fault(`${where(path)}: ${problem}`, hint),
    }
  if (parsed.success) throw fault(`${where([])}: expected an object, saw a list`)
  const [issue] = parsed.issues
  const path = (issue.path ?? []).map(({ key }) => key as string | number)
  const unquoted = issue.expected === 'string' && ['number', 'boolean'].includes(typeof issue.input)
  throw fault(
    `${where(path, issue.expected === 'never')}: ${flawsOf([issue])[0]!.detail}`,
    unquoted ? 'Put it in quotes.' : mend,
  )
}

const mend = 'Mend it, then run again; harness/serve/world.schema.json tells editors the form.'

interface Flaw {
  readonly problem: string
  readonly offset?: number | undefined
}

interface Parsed {
  readonly document: Document.Parsed
  readonly value: unknown
}

function parse(text: string, lineCounter: LineCounter): Flaw | Parsed {
  try {
    const document = parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      stringKeys: true,
      // Its own search compares each key with each.
      uniqueKeys: false,
      logLevel: 'error',
    })
    const [error] = [...document.errors, ...document.warnings]
    const flaw = error === undefined ? flawIn(document) : flawOf(error)
    if (flaw !== undefined) return flaw
    // An empty file changes nothing of the usual world.
    const value: unknown = document.toJS({ maxAliasCount: -1 }) ?? {}
    return isBounded(value)
      ? { document, value }
      : { problem: ` holds more than ${mostValues} values, aliases followed` }
  } catch (error) {
    if (error instanceof RangeError) return tooDeep
    throw error
  }
}

const tooDeep: Flaw = { problem: ' is nested too deeply' }

/** What follows a colon quotes the file. The parser tells the end of the stack as an error among others, in the words of the runtime. */
const flawOf = ({ pos, message }: YAMLError): Flaw =>
  /call stack/i.test(message)
    ? tooDeep
    : { problem: ` is no YAML: ${message.split(/\.$|[:;] /, 1)[0]}`, offset: pos[0] }

/** What YAML allows or finds out later: a key that stands twice, an alias of nothing, aliases without number. */
function flawIn(document: Document.Parsed): Flaw | undefined {
  const anchors = new Set<string>()
  let aliases = 0
  let flaw: Flaw | undefined
  const found = (node: unknown, problem: string): symbol => {
    flaw = { problem, offset: rangeOf(node) }
    return visit.BREAK
  }
  visit(document, {
    Node(_, node) {
      if (isAlias(node)) {
        aliases += 1
        if (!anchors.has(node.source)) return found(node, ': there is no anchor of this name before it')
        return aliases > mostAliases ? found(node, `: more than ${mostAliases} aliases`) : undefined
      }
      if (node.anchor !== undefined) anchors.add(node.anchor)
      const twice = isMap(node) ? repeated(node.items.map(({ key }) => key)) : undefined
      return twice && found(twice, `: ${shown(twice.value)} stands here a second time`)
    },
  })
  return flaw
}

function repeated(keys: readonly unknown[]): Scalar | undefined {
  const seen = new Set<unknown>()
  return keys.filter(isScalar).find(({ value }) => seen.size === seen.add(value).size)
}

/** A name that is none of ours may be a value in the wrong place, and a secret. */
const shown = (key: unknown): string => (/^\w{1,24}$/.test(String(key)) ? String(key) : 'this key')

/** An alias may even stand inside of what it names, so that there is no end. */
function isBounded(value: unknown): boolean {
  const left = [value]
  for (let count = 0; left.length > 0; count++) {
    if (count > mostValues) return false
    const next = left.pop()
    if (typeof next === 'object' && next !== null) for (const member of Object.values(next)) left.push(member)
  }
  return true
}

/** Where a value stands, or what was found on the way to it; of a member that nobody knows, where its name stands. */
function offsetOf(document: Document.Parsed, path: Path, key: boolean): number {
  let node: unknown = document.contents
  let offset = document.contents?.range[0] ?? 0
  for (const step of path) {
    const open = isAlias(node) ? node.resolve(document) : node
    const pair = isMap(open) ? open.items.find((item) => isScalar(item.key) && item.key.value === step) : undefined
    node = isSeq(open) ? open.items[Number(step)] : (pair?.value ?? undefined)
    const named = key && step === path.at(-1) && pair !== undefined ? pair.key : node
    offset = rangeOf(named) ?? rangeOf(pair?.key) ?? offset
  }
  return offset
}

const rangeOf = (node: unknown): number | undefined =>
  (node as { readonly range?: readonly number[] | null } | undefined)?.range?.[0]
