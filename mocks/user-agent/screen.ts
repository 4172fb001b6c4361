import { type HTMLElement, parse } from 'node-html-parser'

/** What a person sees of a sign-in page: its title, its lines, and its form if it has one. */
export interface Screen {
  readonly title: string
  /** Headings, paragraphs and list items, those of details included, each once. */
  readonly lines: readonly string[]
  readonly form: Form | null
}

/** One that can be chosen or pressed: what the form sends for it, and the text that a person reads. */
export interface Control {
  readonly name: string
  readonly value: string
  readonly label: string
}

export interface Form {
  /** Absolute. */
  readonly action: string
  readonly method: string
  readonly hidden: readonly Control[]
  readonly checkboxes: readonly Control[]
  readonly radios: readonly (Control & { readonly checked: boolean })[]
  readonly buttons: readonly Control[]
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

const control = (element: HTMLElement, label: string): Control => ({
  name: element.getAttribute('name') ?? '',
  value: element.getAttribute('value') ?? '',
  label: oneLine(label),
})

/** An input that stands in its label. */
const labelled = (input: HTMLElement): Control => control(input, input.closest('label')?.textContent ?? '')

const linesOf = (document: HTMLElement): readonly string[] => {
  const shown = document
    .querySelectorAll('main h1, main h2, main p, main li')
    .map(({ textContent }) => oneLine(textContent))
  return [...new Set(shown)].filter((line) => line !== '')
}

/** Reads a page as a browser would; the only door to the HTML parser. */
export function readScreen(html: string, base: string): Screen {
  const document = parse(html)
  const title = document.querySelector('title')?.textContent ?? ''
  const form = document.querySelector('form')
  const lines = linesOf(document)
  if (form === null) return { title, lines, form: null }
  const inputs = (type: string): readonly HTMLElement[] => form.querySelectorAll(`input[type=${type}]`)
  return {
    title,
    lines,
    form: {
      action: new URL(form.getAttribute('action') ?? '', base).href,
      method: (form.getAttribute('method') ?? 'get').toUpperCase(),
      hidden: inputs('hidden').map(labelled),
      checkboxes: inputs('checkbox').map(labelled),
      radios: inputs('radio').map((radio) => ({ ...labelled(radio), checked: radio.hasAttribute('checked') })),
      buttons: form.querySelectorAll('button').map((button) => control(button, button.textContent)),
    },
  }
}
