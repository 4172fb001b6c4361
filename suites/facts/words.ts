/** A flag as settings and environments write it; undefined for what is none. */
export function flagOf(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined
  if (/^(?:true|1|yes|on)$/i.test(value)) return true
  return /^(?:false|0|no|off)$/i.test(value) ? false : undefined
}

/** The same flag the other way round, in the words of whoever wrote it. */
export const turned = (value: string): string =>
  /^[01]$/.test(value) ? (value === '0' ? '1' : '0') : String(flagOf(value) === false)

/** Whether a limit is none: no number, or one that stands for no end. */
export const isEndless = (value: string): boolean => /^(?:-1|infinite|infinity|unlimited|none|forever|∞)$/i.test(value)

export const numberOf = (value: string): number | undefined =>
  /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined
