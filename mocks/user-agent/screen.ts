import { type HTMLElement, parse } from 'node-html-parser'

/** What a person sees of a sign-in page: its title, and its form if it has one. */
export interface Screen {
  readonly title: string
  readonly form: ConsentForm | null
}

export interface ConsentForm {
  /** Absolute. */
  readonly action: string
  readonly method: string
  readonly hidden: readonly (readonly [name: string, value: string])[]
  /** The accounts to choose from: the form's value and the text beside it. */
  readonly accounts: readonly { readonly name: string; readonly value: string; readonly label: string }[]
  readonly checkboxes: readonly (readonly [name: string, value: string])[]
  readonly buttons: readonly (readonly [name: string, value: string])[]
}

const pair = (element: HTMLElement): readonly [string, string] => [
  element.getAttribute('name') ?? '',
  element.getAttribute('value') ?? '',
]

/** Reads a page as a browser would; the only door to the HTML parser. */
export function readScreen(html: string, base: string): Screen {
  const document = parse(html)
  const title = document.querySelector('title')?.textContent ?? ''
  const form = document.querySelector('form')
  if (form === null) return { title, form: null }
  return {
    title,
    form: {
      action: new URL(form.getAttribute('action') ?? '', base).href,
      method: (form.getAttribute('method') ?? 'get').toUpperCase(),
      hidden: form.querySelectorAll('input[type=hidden]').map(pair),
      accounts: form.querySelectorAll('input[type=radio]').map((radio) => {
        const [name, value] = pair(radio)
        return { name, value, label: radio.parentNode?.textContent ?? '' }
      }),
      checkboxes: form.querySelectorAll('input[type=checkbox]').map(pair),
      buttons: form.querySelectorAll('button').map(pair),
    },
  }
}

/** The form as a user fills it: an account chosen, every scope ticked, one button pressed. */
export function fillIn(form: ConsentForm, address: string, decision: 'allow' | 'deny'): URLSearchParams {
  const chosen = form.accounts.find(({ label }) => label.includes(`(${address})`))
  const pressed = form.buttons.filter(([, value]) => value === decision)
  const entries = [
    ...form.hidden,
    ...(chosen === undefined ? [] : [[chosen.name, chosen.value] as const]),
    ...(decision === 'allow' ? form.checkboxes : []),
    ...pressed,
  ]
  return new URLSearchParams(entries.map(([name, value]): [string, string] => [name, value]))
}
