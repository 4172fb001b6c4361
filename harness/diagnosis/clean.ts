/** Colours and other commands to terminals (ECMA-48), titles among them. */
const commands = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])/g

/** A line of a log as a person reads it. NUL goes: what was written in UTF-16 reads as ASCII without it. */
export const cleaned = (line: string): string =>
  line
    .replaceAll('\0', '')
    .replaceAll('\x01', '^A')
    .replace(commands, '')
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')

const entities: Readonly<Record<string, string>> = { '&#39;': "'", '&apos;': "'", '&quot;': '"', '&amp;': '&' }

/** The same for comparison: one kind of quotes, and nothing escaped as JSON, HTML and URLs do it. */
export function comparable(line: string): string {
  const plain = line
    .replace(/\\+(["'/])/g, '$1')
    .replace(/\\+u0*([0-9a-f]{2})(?![0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\\[nrt]/g, ' ')
    .replace(/&(?:#39|apos|quot|amp);/g, (entity) => entities[entity] ?? entity)
    .replace(/[’‘]/g, "'")
  return /%[0-9a-f]{2}/i.test(plain) ? `${plain} ${decoded(plain)}` : plain
}

const decoded = (text: string): string =>
  text.replaceAll('+', ' ').replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
