import { Fault } from '../model/fault.ts'
import type { Invocation } from './command.ts'

type Options = Invocation['options']

/** @throws Fault `USAGE` unless the option is a whole number in range */
export function wholeNumber(
  name: string,
  value: string,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN
  if (number >= from && number <= to) return number
  throw new Fault(
    'USAGE',
    `--${name} takes a whole number from ${from} to ${to}, not ${JSON.stringify(value)}.`,
    'Correct it and run again.',
  )
}

export const seedOption = (options: Options): number | undefined =>
  typeof options['seed'] === 'string' ? wholeNumber('seed', options['seed'], { from: 0, to: 2 ** 32 - 1 }) : undefined

/** Real seconds; an hour is more than any scenario is worth. */
export const timeoutOption = (options: Options): number | undefined =>
  typeof options['timeout'] === 'string' ? wholeNumber('timeout', options['timeout'], { from: 1, to: 3600 }) : undefined

export const stepOption = (options: Options): readonly number[] =>
  listOption(options, 'step').map((value) => wholeNumber('step', value, { from: 1, to: 12 }))

export const listOption = (options: Options, name: string): readonly string[] => {
  const value = options[name]
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : []
}

export const textOption = (options: Options, name: string): string | undefined => {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}
