import { onScreen, type VerdictWord } from '../../harness/model/verdict.ts'
import { html, type Markup } from './escape.ts'

export type Tone = VerdictWord | 'partial'

/** One shape a verdict, so that colour is never all that tells them apart. */
const shapes: Readonly<Record<Tone, Markup>> = {
  pass: html`<circle cx="8" cy="8" r="8" /><path class="on" d="M4.6 8.3 7 10.7l4.4-5.2" />`,
  warn: html`<path d="M8 .8 15.8 15H.2z" /><path class="on" d="M8 6v4M8 12.4v.1" />`,
  fail: html`<path d="M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z" /><path
      class="on"
      d="m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6"
    />`,
  inconclusive: html`<circle class="ink" cx="8" cy="8" r="7.1" /><path
      class="ink"
      d="M5.9 6.2a2.1 2.1 0 1 1 3 2c-.6.3-.9.6-.9 1.3m0 2.2v.1"
    />`,
  inapplicable: html`<circle class="ink" cx="8" cy="8" r="7.1" stroke-dasharray="2.6 2.6" /><path
      class="ink"
      d="M5 8h6"
    />`,
  error: html`<path d="m8 0 8 8-8 8-8-8z" /><path class="on" d="M8 4.6v4M8 11v.1" />`,
  partial: html`<circle class="ink" cx="8" cy="8" r="7.1" /><path d="M8 2.6a5.4 5.4 0 0 0 0 10.8z" />`,
}

/** The shapes, drawn once; every icon refers to them. */
export const sprite: Markup = html`<svg
  width="0"
  height="0"
  style="position:absolute"
  aria-hidden="true"
  focusable="false"
>
  ${Object.entries(shapes).map(
    ([tone, shape]) =>
      html`<symbol id="icon-${tone}" viewBox="0 0 16 16"><g fill="currentColor">${shape}</g></symbol> `,
  )}
</svg>`

/** Decoration only: the word always stands beside it. */
export const icon = (tone: Tone): Markup =>
  html`<svg class="icon" aria-hidden="true" focusable="false"><use href="#icon-${tone}"></use></svg>`

export const badgeOf = (word: VerdictWord, text: string = onScreen[word]): Markup =>
  html`<span class="badge ${word}">${icon(word)}${text}</span>`
