import type { UserScript } from '../../harness/model/scenario.ts'
import type { Control, Form } from './screen.ts'

/** What the user does with a form: what is sent, and the decision about access if the page asked for one. */
export interface Move {
  readonly entries: readonly Control[]
  readonly decision: { readonly decision: 'allow' | 'deny'; readonly scopes: readonly string[] } | null
}

const labelled = ({ buttons }: Form, pattern: RegExp): Control | undefined =>
  buttons.find(({ label }) => pattern.test(label))

/**
 * How a person with a script deals with a page, told apart by what stands on its buttons. Undefined when the user leaves,
 * or when nothing on the page fits the script.
 */
export function moveOn(form: Form, script: UserScript, address: string): Move | undefined {
  const backToSafety = labelled(form, /^Back to safety$/)
  if (backToSafety !== undefined) return atWarning(form, script, backToSafety)
  const allow = labelled(form, /^Continue$/)
  const deny = labelled(form, /^Cancel$/)
  if (allow !== undefined && deny !== undefined) return atConsent(form, script, { allow, deny })
  const account = form.buttons.find(({ label }) => label.split(' ').includes(address))
  return account === undefined ? undefined : { entries: [...form.hidden, account], decision: null }
}

function atWarning(form: Form, { warning }: UserScript, backToSafety: Control): Move | undefined {
  if (warning === 'back') return { entries: [...form.hidden, backToSafety], decision: { decision: 'deny', scopes: [] } }
  const proceed = labelled(form, /^(?:Continue|Go to .* \(unsafe\))$/)
  return proceed === undefined ? undefined : { entries: [...form.hidden, proceed], decision: null }
}

function atConsent(
  form: Form,
  { decision, ticks, accessFor }: UserScript,
  buttons: { readonly allow: Control; readonly deny: Control },
): Move | undefined {
  if (decision === 'leave') return undefined
  if (decision === 'deny') return { entries: [...form.hidden, buttons.deny], decision: { decision, scopes: [] } }
  const ticked = form.checkboxes.filter(({ value }) => ticks === 'all' || ticks.includes(value))
  const limit =
    form.radios.find(({ value }) => value === String(accessFor ?? '')) ?? form.radios.find(({ checked }) => checked)
  return {
    entries: [...form.hidden, ...ticked, ...(limit === undefined ? [] : [limit]), buttons.allow],
    decision: { decision, scopes: ticked.map(({ value }) => value) },
  }
}
