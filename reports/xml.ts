/** An element, or text. */
export type Xml = string | Element

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number>>
  readonly content: readonly Xml[]
}

export const element = (name: string, attributes: Element['attributes'], content: readonly Xml[] = []): Xml => ({
  name,
  attributes,
  content,
})

/** Not even an escape may stand for these. Source: XML 1.0, 2.2, production Char. */
const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string): string =>
  text.replace(illegal, '').replace(/[&<>"]/g, (character) => entities[character] ?? character)

/** A parser would make blanks of these in an attribute, and a line end of a carriage return in text. */
const attribute = (text: string): string =>
  escaped(text).replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)

const text = (content: string): string => escaped(content).replaceAll('\r', '&#13;')

function lines(node: Xml, indent: string): string {
  if (typeof node === 'string') return text(node)
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${attribute(String(value))}"`)
  const open = `${indent}<${node.name}${attributes.join('')}`
  if (node.content.length === 0) return `${open}/>\n`
  if (node.content.every((child) => typeof child === 'string'))
    return `${open}>${node.content.map((child) => lines(child, '')).join('')}</${node.name}>\n`
  return `${open}>\n${node.content.map((child) => lines(child, `${indent}  `)).join('')}${indent}</${node.name}>\n`
}

/** Well-formed whatever the texts are. */
export const xmlDocument = (root: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, '')}`
