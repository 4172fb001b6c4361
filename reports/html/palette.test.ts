import { expect, test } from 'vitest'
import { dark, light, type Palette } from './palette.ts'

/** Relative luminance as WCAG 2.2 defines it, of `#rrggbb`. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (a: string, b: string): number => {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (lighter + 0.05) / (darker + 0.05)
}

const tones = ['pass', 'warn', 'fail', 'inconclusive', 'inapplicable', 'error'] as const

const pairs = (palette: Palette): [string, string, string][] => [
  ...(['text', 'muted', 'link'] as const).flatMap((ink) =>
    (['page', 'surface', 'sunk'] as const).map((ground): [string, string, string] => [
      `${ink} on ${ground}`,
      palette[ink],
      palette[ground],
    ]),
  ),
  ...tones.flatMap((tone): [string, string, string][] => [
    [`${tone} on surface`, palette[tone], palette.surface],
    [`${tone} on sunk`, palette[tone], palette.sunk],
    [`${tone} on its tint`, palette[tone], palette[`${tone}Tint`]],
    [`text on ${tone} tint`, palette.text, palette[`${tone}Tint`]],
  ]),
]

test('the measure is WCAG’s: black on white is 21, equal colours are 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#777777')).toBe(1)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 1)
})

test.each([...pairs(light).map((pair) => ['light', ...pair]), ...pairs(dark).map((pair) => ['dark', ...pair])])(
  '%s: %s reaches 4.5',
  (_, __, ink = '', ground = '') => {
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5)
  },
)
