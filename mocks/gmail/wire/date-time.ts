const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const monthOf = (name: string): number => months.findIndex((month) => month.toLowerCase() === name.toLowerCase())

/** `1-Feb-1994` (RFC 3501 §9, date-text) as epoch milliseconds of UTC midnight; undefined when there is no such day. */
export function parseDate(text: string): number | undefined {
  const match = /^(\d{1,2})-([A-Za-z]{3})-(\d{4})$/.exec(text)
  return match === null ? undefined : utc(Number(match[3]), monthOf(match[2]!), Number(match[1]))
}

/** `17-Jul-1996 02:44:25 -0700` (RFC 3501 §9, date-time) as epoch milliseconds; undefined when there is no such time. */
export function parseDateTime(text: string): number | undefined {
  const match = /^([ \d]\d-[A-Za-z]{3}-\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/.exec(text)
  if (match === null) return undefined
  const day = parseDate(match[1]!.trim())
  const [hour, minute, second, zoneHour, zoneMinute] = [2, 3, 4, 6, 7].map((group) => Number(match[group]))
  if (day === undefined || hour! > 23 || minute! > 59 || second! > 60 || zoneMinute! > 59) return undefined
  const zone = (match[5] === '-' ? -1 : 1) * (zoneHour! * 60 + zoneMinute!)
  return day + ((hour! * 60 + minute! - zone) * 60 + second!) * 1000
}

/** Gmail tells INTERNALDATE in UTC: `26-Nov-2025 09:30:00 +0000`. */
export function formatDateTime(time: number): string {
  const date = new Date(time)
  const two = (value: number): string => value.toString().padStart(2, '0')
  const day = `${two(date.getUTCDate())}-${months[date.getUTCMonth()]}-${date.getUTCFullYear()}`
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`
}

/** The Date field of a message (RFC 5322 §3.3, tolerant) as epoch milliseconds, and the day that it names. */
export function parseMessageDate(text: string): { readonly time: number; readonly day: number } | undefined {
  const match = /(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{2,4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*([+-]\d{4})?/.exec(
    text,
  )
  if (match === null) return undefined
  const year = Number(match[3])
  const day = utc(year < 50 ? year + 2000 : year < 1000 ? year + 1900 : year, monthOf(match[2]!), Number(match[1]))
  if (day === undefined) return undefined
  const zone = Number(match[7] ?? 0)
  const minutes = Math.trunc(zone / 100) * 60 + (zone % 100)
  const [hour, minute, second] = [4, 5, 6].map((group) => Number(match[group] ?? 0))
  return { day, time: day + ((hour! * 60 + minute! - minutes) * 60 + second!) * 1000 }
}

function utc(year: number, month: number, day: number): number | undefined {
  if (month < 0 || day < 1) return undefined
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  return date.getUTCMonth() === month && date.getUTCDate() === day ? date.getTime() : undefined
}
