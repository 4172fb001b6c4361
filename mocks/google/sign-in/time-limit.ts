import { escapeHtml } from '../answers.ts'

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** Such as `7 days`, in the largest unit that fits without a rest. */
function inWords(seconds: number): string {
  const [unit, size] = units.find(([, length]) => seconds % length === 0)!
  const count = seconds / size
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

const radio = (value: string, label: string, checked: boolean): string =>
  `<label><input type="radio" name="access_for" value="${value}"${checked ? ' checked' : ''}> ${escapeHtml(label)}</label>`

/** For how long access may be granted; nothing where no limit is offered. How Google's own page looks is not known. */
export const timeLimits = (limits: readonly number[]): string =>
  limits.length === 0
    ? ''
    : `<fieldset>
<legend>How long this access lasts</legend>
${[radio('', 'Until you take it away', true), ...limits.map((limit) => radio(String(limit), inWords(limit), false))].join('\n')}
</fieldset>`

/** What a form says of it: seconds, or null for good. Only what was offered counts. */
export const chosenLimit = (form: URLSearchParams, limits: readonly number[]): number | null =>
  limits.find((limit) => String(limit) === form.get('access_for')) ?? null
