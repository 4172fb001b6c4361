import * as pep440 from '@renovatebot/pep440'
import semver from 'semver'
import known from './libraries.json' with { type: 'json' }

export type Ecosystem = keyof typeof known.libraries

/** What is known against some versions of a library; each entry of the list names where it was read. */
export interface Advisory {
  readonly id: string
  readonly title: string
  /** Null where nothing mends it. */
  readonly fixedIn: string | null
}

/** From the first, which belongs to them, to the last: `below` does not belong to them, `upTo` does. */
interface Range {
  readonly from?: string
  readonly below?: string
  readonly upTo?: string
}

interface Order {
  valid(version: string): unknown
  compare(a: string, b: string): number
}

/** Where versions are made of three numbers (semver.org); Go writes a `v` before them, Composer often does. */
const semantic: Order = { valid: (version) => semver.valid(version), compare: (a, b) => semver.compare(a, b) }
/** As many numbers as one likes, with the order of PEP 440, which RubyGems and Maven share for those that are releases. */
const dotted: Order = { valid: pep440.valid, compare: pep440.compare }

const orders: Readonly<Record<Ecosystem, Order>> = {
  npm: semantic,
  Go: semantic,
  Packagist: semantic,
  'crates.io': semantic,
  PyPI: dotted,
  RubyGems: dotted,
  Maven: dotted,
}

/** The libraries of this field, as their ecosystems name them. */
export const isOfThisField = (ecosystem: Ecosystem, name: string): boolean => known.libraries[ecosystem].includes(name)

/** What is known against a version: of several, the one that a later version mends. */
export function advisoryOn(ecosystem: Ecosystem, name: string, version: string): Advisory | null {
  const order = orders[ecosystem]
  if (!order.valid(version)) return null
  const within = ({ from, below, upTo }: Range): boolean =>
    (from === undefined || order.compare(version, from) >= 0) &&
    (below === undefined || order.compare(version, below) < 0) &&
    (upTo === undefined || order.compare(version, upTo) <= 0)
  const [last] = known.advisories
    .filter((advisory) => advisory.ecosystem === ecosystem && advisory.package === name)
    .filter(({ affected }) => (affected as readonly Range[]).some(within))
    .toSorted((a, b) => (a.fixedIn === null ? -1 : b.fixedIn === null ? 1 : order.compare(b.fixedIn, a.fixedIn)))
  return last === undefined ? null : { id: last.id, title: last.title, fixedIn: last.fixedIn }
}

/** The later of two versions; what is no version comes first. */
export const later = (ecosystem: Ecosystem, a: string, b: string): string =>
  orders[ecosystem].valid(a) && orders[ecosystem].valid(b) && orders[ecosystem].compare(a, b) > 0 ? a : b
