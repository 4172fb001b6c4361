import { visible, visibleLines } from '../visible.ts'

/** Text that is HTML already. Only this file makes it, so every other string is escaped where it is put in. */
export class Markup {
  readonly text: string

  private constructor(text: string) {
    this.text = text
  }

  static of(strings: readonly string[], values: readonly Insertable[]): Markup {
    // Indentation belongs to our source, not to the page; values put in are never touched.
    const parts = strings.map((part) => part.replace(/\n\s+/g, '\n'))
    return new Markup(parts.map((part, at) => part + (at < values.length ? inserted(values[at]) : '')).join(''))
  }
}

export type Insertable = string | number | undefined | Markup | readonly Insertable[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Fit for text and for quoted attributes. */
export const escaped = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? character)

function inserted(value: Insertable): string {
  if (value === undefined) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  return value.map(inserted).join('')
}

/** Tagged template: what is put in is escaped unless it is `Markup`; arrays are joined, undefined is nothing. */
export const html = (strings: TemplateStringsArray, ...values: readonly Insertable[]): Markup =>
  Markup.of(strings, values)

/** Our own prose with its line ends. */
export const lines = (text: string): Markup =>
  html`${visibleLines(text).map((line, at) => (at === 0 ? html`${line}` : html`<br />${line}`))}`

/** Foreign text in which references to secrets and escaped characters are marked as what they are. */
export const marked = (text: string): Markup => {
  const parts = visible(text).split(/(‹[^‹›]{1,80}›|\\(?:[rnt]|x[0-9a-f]{2}|u\{[0-9a-f]{4,6}\}))/)
  return html`${parts.map((part, at) => (at % 2 === 0 ? html`${part}` : html`<span class="${part.startsWith('‹') ? 'secret' : 'escape'}">${part}</span>`))}`
}

/** An address that a browser may follow; anything but a web address becomes plain text. */
export const link = (url: string, text: string): Markup =>
  /^https?:\/\//.test(url) ? html`<a href="${url}" rel="noreferrer">${text}</a>` : html`${text}`

/** A fragment identifier; two ids of checks never share one. */
export const anchor = (kind: string, id: string): string => `${kind}/${id.replace(/[^A-Za-z0-9/-]+/g, '-')}`
