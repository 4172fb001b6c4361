import { Fault } from '../../model/fault.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const prefix = 'env:'

/**
 * What `env:NAME` refers to; undefined for what is no such reference.
 *
 * @throws Fault `USAGE` where the variable is not set; its content is told nowhere
 */
export function fromEnvironment(
  reference: string,
  environment: Environment,
): { readonly name: string; readonly text: string } | undefined {
  if (!reference.startsWith(prefix)) return undefined
  const name = reference.slice(prefix.length)
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    throw new Fault('USAGE', 'What stands behind env: is no name of a variable.', 'Such as env:GMAIL_CLIENT.')
  const text = environment[name]?.trim() ?? ''
  if (text !== '') return { name, text }
  const hint = `Set ${name}; in CI a secret is empty where the workflow may not read it, as in pull requests of forks.`
  throw new Fault('USAGE', `The variable ${name} is not set, or empty.`, hint)
}
