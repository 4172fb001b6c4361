import { visible } from '../visible.ts'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** What begins something in GitHub’s Markdown wherever it stands: emphasis, code, links, tables, mathematics. */
const active = /[\\`*_~[\]|$#!]/g
/** What makes a link, a mention or an emoji of plain text. */
const telling = /[@:]|(?<=www)\./gi

/**
 * Foreign text in one line that shows as it is: no HTML, no Markdown, no link. It must not stand at the beginning of a
 * line, where a digit or a dash would begin a list.
 */
export const plain = (text: string): string =>
  visible(text)
    .replace(/[&<>]/g, (character) => entities[character]!)
    .replace(active, (character) => `\\${character}`)
    .replace(telling, (character) => `&#${character.charCodeAt(0)};`)

/** The same in the type of code; marks inside are shown as text all the same. */
export const code = (text: string): string => `<code>${plain(text)}</code>`

/** Only a web address becomes a link. */
export const link = (url: string, text: string): string =>
  /^https?:\/\/[^\s<>()\\]+$/.test(url) && visible(url) === url ? `[${plain(text)}](<${url}>)` : plain(text)

/** Cuts what no reader of a table wants; counted in characters. */
export function cut(text: string, most = 500): string {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most).join('')}…`
}
