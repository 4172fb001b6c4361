import { type Journal, all } from '../../harness/model/observation.ts'

const day = 24 * 60 * 60_000

/** The day on which a configuration is read, such as `2026-11-22`. */
export const todayOf = (journal: Journal): string | undefined => all(journal, 'config.begun')[0]?.fields.today

/** Whether a text is a day of the calendar; engines read 30 February as one of March. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && daysAfter(text, 0) === text

/** Whole days from one day to another; negative where the other one is earlier. */
export const daysFrom = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / day)

export const daysAfter = (from: string, days: number): string =>
  new Date(Date.parse(from) + days * day).toISOString().slice(0, 10)

/** The same day of the next year; of 29 February the first of March. */
export const yearAfter = (from: string): string => {
  const date = new Date(from)
  date.setUTCFullYear(date.getUTCFullYear() + 1)
  return date.toISOString().slice(0, 10)
}

/** The same day some months later; where that month is too short, the first days of the next. */
export const monthsAfter = (from: string, months: number): string => {
  const date = new Date(from)
  date.setUTCMonth(date.getUTCMonth() + months)
  return date.toISOString().slice(0, 10)
}
