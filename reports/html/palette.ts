/** Colours by use; every text colour reaches a contrast of 4.5 on every ground it stands on. */
export interface Palette {
  readonly page: string
  readonly surface: string
  readonly sunk: string
  readonly line: string
  readonly text: string
  readonly muted: string
  readonly link: string
  readonly pass: string
  readonly passTint: string
  readonly warn: string
  readonly warnTint: string
  readonly fail: string
  readonly failTint: string
  readonly inconclusive: string
  readonly inconclusiveTint: string
  readonly inapplicable: string
  readonly inapplicableTint: string
  readonly error: string
  readonly errorTint: string
}

export const light: Palette = {
  page: '#f5f6f8',
  surface: '#ffffff',
  sunk: '#f0f2f5',
  line: '#d9dde4',
  text: '#1a1e26',
  muted: '#535b69',
  link: '#0b55bd',
  pass: '#17692f',
  passTint: '#e2f4e6',
  warn: '#7c4e00',
  warnTint: '#fdf0d3',
  fail: '#b01f1a',
  failTint: '#fde7e5',
  inconclusive: '#5a3eae',
  inconclusiveTint: '#eeeafb',
  inapplicable: '#515966',
  inapplicableTint: '#eceef2',
  error: '#93115c',
  errorTint: '#fbe5f1',
}

export const dark: Palette = {
  page: '#0d1015',
  surface: '#161a21',
  sunk: '#1f252e',
  line: '#313a46',
  text: '#e8ebf0',
  muted: '#a6afbc',
  link: '#84b6ff',
  pass: '#64d384',
  passTint: '#12301d',
  warn: '#f0bf58',
  warnTint: '#33270b',
  fail: '#ff938b',
  failTint: '#3c1817',
  inconclusive: '#c0acff',
  inconclusiveTint: '#272043',
  inapplicable: '#a9b2bf',
  inapplicableTint: '#262d37',
  error: '#ff98cf',
  errorTint: '#3a1730',
}

const hyphenated = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The palette as CSS custom properties. */
export const variables = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, colour]) => `--${hyphenated(name)}:${colour}`)
    .join(';')
