import { projects } from '../../fixtures/counterexamples/configurations/index.ts'
import { counterexamples } from '../../fixtures/counterexamples/index.ts'
import type { Counterexample } from '../model/counterexample.ts'
import { Fault } from '../model/fault.ts'
import type { MadeProject } from '../model/made-project.ts'
import { nearest } from '../nearest.ts'
import type { RunSettings } from '../run-settings.ts'
import { fileURLToPath } from '../runtime/path.ts'

const at = (path: string): string => new URL(`../../${path}`, import.meta.url).href

/** The reference client, which the demonstration and this repository’s own settings name. */
export const reference: RunSettings['subject'] = {
  name: 'reference',
  kind: 'reference',
  module: at('harness/subjects/reference/index.ts'),
  evidence: 'example',
}

/** A repository, as a project is: its own, so that the checkout around it takes no part. */
const example: MadeProject = {
  name: 'example',
  story: 'The built-in example, whose client files Git does not keep.',
  files: {
    '.gitignore': 'client_secret*.json\ntoken*.json\n.env*\ndist/\n',
    'package-lock.json': JSON.stringify({
      lockfileVersion: 3,
      packages: { 'node_modules/imapflow': { version: '2.10.2' }, 'node_modules/openid-client': { version: '6.8.9' } },
    }),
    'dist/mail.js': 'export const clientFile = process.env.CLIENT_FILE\n',
  },
  repository: {},
  expects: [],
}

export const exampleConfiguration: RunSettings['configuration'] = {
  directory: fileURLToPath(at('fixtures/clients/example')),
  made: example,
  evidence: 'example',
}

/** @throws Fault `UNKNOWN_NAME` with the nearest name that exists, `USAGE` for what a live run alone meets */
export function findCounterexample(name: string): Counterexample {
  const found = counterexamples.find((counterexample) => counterexample.name === name)
  if (found?.kind === 'observation')
    throw new Fault(
      'USAGE',
      `${name} is what a live run may meet; no story plays it.`,
      `\`oauth-imap explain ${found.breaks}\` tells what it breaks.`,
    )
  if (found !== undefined) return found
  const names = counterexamples.map((counterexample) => counterexample.name)
  const hint = `Did you mean ${nearest(name, names)}? \`oauth-imap list --json\` names them all.`
  throw new Fault('UNKNOWN_NAME', `No counterexample is named ${name}.`, hint)
}

/** The built-in example with one thing wrong. */
export function broken({ name, kind }: Counterexample): Pick<RunSettings, 'subject' | 'configuration' | 'alteration'> {
  if (kind === 'configuration')
    return {
      subject: { ...reference, name, kind: 'counterexample' },
      configuration: { ...exampleConfiguration, made: projects.find((project) => project.name === name)! },
    }
  if (kind === 'mock')
    return {
      subject: { ...reference, name, kind: 'counterexample' },
      configuration: exampleConfiguration,
      alteration: at(`fixtures/counterexamples/mocks/${name}.ts`),
    }
  const module = at(`fixtures/counterexamples/subjects/${name}.ts`)
  return { subject: { name, kind: 'counterexample', module, evidence: 'example' }, configuration: exampleConfiguration }
}
