import type { Deviation, Place } from './row.fixture.ts'

/**
 * Reads where a deviation is seen.
 *
 * @throws Error for one that names no answer
 */
export function placesOf(deviation: Deviation): readonly Place[] {
  return Object.entries(deviation.places).flatMap(([row, text]) => {
    const places: { line: string; lacks: string[]; has: string[] }[] = []
    for (const line of text.split('\n').map((each) => each.trim())) {
      const [, sign, answer = ''] = /^([-+]) (.*)$/.exec(line) ?? []
      if (line === '') continue
      if (sign === undefined) places.push({ line, lacks: [], has: [] })
      else if (places.length === 0) throw new Error(`a deviation of nothing: ${line}`)
      else places.at(-1)![sign === '-' ? 'lacks' : 'has'].push(answer)
    }
    const empty = places.find(({ lacks, has }) => lacks.length + has.length === 0)
    if (empty !== undefined || places.length === 0) throw new Error(`a deviation without an answer: ${row}`)
    return places.map((place) => ({ deviation, row, ...place }))
  })
}
