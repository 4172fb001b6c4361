import type { Difference } from '../../harness/model/finding.ts'

/** A flag as settings and environments write it; undefined for what is none. */
export function flagOf(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined
  if (/^(?:true|1|yes|on)$/i.test(value)) return true
  return /^(?:false|0|no|off)$/i.test(value) ? false : undefined
}

const opposites = [
  ['true', 'false'],
  ['1', '0'],
  ['yes', 'no'],
  ['on', 'off'],
] as const

/** The same flag the other way round, in the words of whoever wrote it; undefined for what is none. */
function turned(written: string): string | undefined {
  const word = written.toLowerCase()
  const pair = opposites.find((words) => (words as readonly string[]).includes(word))
  return pair?.find((other) => other !== word)
}

/** A flag that stands the wrong way round; words of an application’s own are for a person to replace. */
export function turnedRound(expected: string, written: string): Difference {
  const replacement = turned(written)
  return { expected, actual: written, ...(replacement === undefined ? {} : { replacement }) }
}

/** Whether a limit is none: no number, or one that stands for no end. */
export const isEndless = (value: string): boolean => /^(?:-1|infinite|infinity|unlimited|none|forever|∞)$/i.test(value)

export const numberOf = (value: string): number | undefined =>
  /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined
