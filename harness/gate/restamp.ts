import { replaceInJson } from './json-tree.ts'
import { quoted } from './first-gate-file.ts'
import { spanInYaml } from './yaml-tree.ts'

export interface Stamp {
  readonly checkedOn: string
  readonly checkedBy: string
}

/**
 * The text of an attestation with a new day and name, everything else as it is.
 *
 * @param path tells JSON from YAML
 */
export function restamp(path: string, text: string, stamp: Stamp): string {
  if (text.startsWith('\uFEFF')) return `\uFEFF${restamp(path, text.slice(1), stamp)}`
  return Object.entries(stamp).reduce(
    (before, [name, value]) =>
      path.endsWith('.json') ? replaceInJson(before, name, value) : replaceInYaml(before, name, value),
    text,
  )
}

/** A day is a plain scalar; a name stands in quotes where it needs them. */
function replaceInYaml(text: string, name: string, value: string): string {
  const span = spanInYaml(text, name)
  if (span !== undefined) {
    const gap = span.from === span.to && text[span.from - 1] === ':' ? ' ' : ''
    return text.slice(0, span.from) + gap + quoted(value) + text.slice(span.to)
  }
  // Behind the day, which every attestation has.
  const day = spanInYaml(text, 'checkedOn')
  const lineEnd = text.indexOf('\n', day?.to ?? 0)
  const at = lineEnd === -1 ? text.length : lineEnd
  const end = text[at - 1] === '\r' ? '\r\n' : '\n'
  return `${text.slice(0, at).replace(/\r$/, '')}${end}${name}: ${quoted(value)}${end === '\n' ? '' : '\r'}${text.slice(at)}`
}
