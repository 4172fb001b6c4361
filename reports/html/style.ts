import { layout } from './style-layout.ts'
import { parts } from './style-parts.ts'
import { dark, light, variables } from './palette.ts'

const grounds = `
:root { color-scheme: light dark; ${variables(light)} }
@media (prefers-color-scheme: dark) { :root { ${variables(dark)} } }
@media print { :root { color-scheme: light; ${variables(light)}; --page: #ffffff } }
`

const tones = ['pass', 'warn', 'fail', 'inconclusive', 'inapplicable', 'error']
  .map((word) => `.${word} { --tone: var(--${word}); --tint: var(--${word}-tint) }`)
  .concat('.partial { --tone: var(--inconclusive); --tint: var(--inconclusive-tint) }')
  .join('\n')

/** The whole style sheet; it stands in the document because nothing may be fetched. */
export const style: string = [grounds, tones, layout, parts].join('\n')
