/** What a stage of an image takes from the build context. */
export interface Copy {
  readonly line: number
  readonly sources: readonly string[]
}

interface Stage {
  readonly name: string
  readonly from: string
  readonly copies: Copy[]
}

/**
 * What ends up in the image that a Dockerfile makes: copies of its last stage, and of the stages that this one is built on.
 * What other stages copied stays behind with them, unless it is taken over by name.
 */
export function copiesOf(text: string): readonly Copy[] {
  const stages: Stage[] = []
  for (const { line, words } of instructions(text)) {
    const [instruction = '', ...rest] = words
    if (/^from$/i.test(instruction)) {
      const [from = '', as, name] = rest.filter((word) => !word.startsWith('--'))
      stages.push({ name: /^as$/i.test(as ?? '') ? (name ?? '') : String(stages.length), from, copies: [] })
    } else if (/^(?:copy|add)$/i.test(instruction)) {
      const sources = sourcesOf(rest)
      if (sources.length > 0) stages.at(-1)?.copies.push({ line, sources })
    }
  }
  const copies: Copy[] = []
  for (let at = stages.length - 1; at >= 0; at = baseOf(stages, at)) copies.push(...stages[at]!.copies)
  return copies
}

/** The stage that another is built on, which stands before it; -1 where that is an image from elsewhere. */
const baseOf = (stages: readonly Stage[], at: number): number =>
  stages.slice(0, at).findLastIndex(({ name }) => name.toLowerCase() === stages[at]!.from.toLowerCase())

/** Flags, and the last word, which is the target, are no sources; nor are addresses and what stands in the file itself. */
function sourcesOf(words: readonly string[]): readonly string[] {
  if (words.some((word) => word.startsWith('--from='))) return []
  const plain = words.filter((word) => !word.startsWith('--'))
  const list = plain[0]?.startsWith('[') === true ? listed(plain.join(' ')) : plain
  return list.slice(0, -1).filter((source) => !/^<<|^[a-z]+:\/\/|^git@/.test(source))
}

function listed(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter((word) => typeof word === 'string') : []
  } catch {
    return []
  }
}

/** Instructions with their first lines; a backslash at the end of a line continues it, and comments may stand between. */
function* instructions(text: string): Generator<{ readonly line: number; readonly words: readonly string[] }> {
  let open = ''
  let first = 0
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue
    if (open === '') first = index + 1
    const continued = /\\\s*$/.test(line)
    open += `${line.replace(/\\\s*$/, '')} `
    if (continued) continue
    yield { line: first, words: open.trim().split(/\s+/) }
    open = ''
  }
}
