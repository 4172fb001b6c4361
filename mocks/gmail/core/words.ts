import mail from '../../../fixtures/gmail/mail.json' with { type: 'json' }
import type { Status } from '../state.ts'

/** What stands for `{…}` in a text. */
type Filling = Readonly<Partial<Record<'access' | 'code' | 'name' | 'numbers' | 'verb', string>>>

const statuses = new Map<string, Status>(
  Object.entries(mail).map(([name, { text }]) => {
    const [, condition, words] = /^(OK|NO|BAD) (.*)$/.exec(text)!
    return [name, { condition: condition as Status['condition'], text: words! }]
  }),
)

/** How a command ends, in Gmail's own words; the fixture names their source. */
export function ending(name: keyof typeof mail, filling?: Filling): Status {
  const { condition, text } = statuses.get(name)!
  if (filling === undefined) return { condition, text }
  // A name may be anything but the end of the line.
  const filled = text.replace(/\{(\w+)\}/g, (_, key: keyof Filling) => (filling[key] ?? '').replace(/[\r\n\0]/g, ' '))
  return { condition, text: filled }
}
