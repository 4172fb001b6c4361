/** One thing that is done in a story, and what must be heard of it. */
export interface Step {
  /** The line of the story: within a story no two are alike. */
  readonly line: string
  /** Whose turn it is: one of two sessions of the same account, or the world around them. */
  readonly who: 'C' | 'D' | 'W'
  /** What it says, or does; undefined when it listens. */
  readonly says: string | undefined
  /** In canonical form, in any order. */
  readonly answers: readonly string[]
}

/**
 * Reads a story: `C: …` and `D: …` are lines of two clients, `C listens for …` waits for what comes unasked, `W: …` is an act of
 * the world, and `S: …` behind them what must be answered.
 *
 * @throws Error for a story that holds nothing to be answered, or is none
 */
export function readStory(text: string): readonly Step[] {
  const steps: { line: string; who: Step['who']; says: string | undefined; answers: string[] }[] = []
  for (const line of text.split('\n').map((each) => each.trim())) {
    const [, who, says] = /^([CDWS])(?:: ?(.*)| listens for .*)$/.exec(line) ?? []
    if (line === '') continue
    if (who === undefined) throw new Error(`not a line of a story: ${line}`)
    if (who !== 'S') steps.push({ line, who: who as Step['who'], says, answers: [] })
    else if (steps.length === 0) throw new Error(`an answer to nothing: ${line}`)
    else steps.at(-1)!.answers.push(says!)
  }
  const mute = steps.find(({ who, answers }) => who !== 'W' && answers.length === 0)
  if (mute !== undefined || steps.length === 0) throw new Error(`nothing is expected: ${mute?.line ?? text}`)
  const lines = steps.map(({ line }) => line)
  const twice = lines.find((line, index) => lines.indexOf(line) !== index)
  if (twice !== undefined) throw new Error(`said twice in one story: ${twice}`)
  return steps
}
