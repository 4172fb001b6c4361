import type { Lens } from '../../harness/model/check.ts'
import { ownRule } from '../../harness/model/clause.ts'
import { noted, satisfied, unreadable } from '../../harness/model/finding.ts'
import { type Observation, all, positionOf } from '../../harness/model/observation.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 4: whether the files of a configuration say anything at all. */

type Told = Observation<'config.file'> | Observation<'config.unknown'>

const told: Lens<Told> = {
  types: ['config.file'],
  names: 'file of the configuration',
  select: (journal) =>
    [...all(journal, 'config.file'), ...all(journal, 'config.unknown')].map((evidence: Told) => ({
      evidence,
      at: [positionOf(evidence)],
    })),
}

export const readable = configurationCheck({
  id: 'cfg/readable',
  title: 'Every file of the configuration can be read',
  step: 4,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('what cannot be read cannot be judged, and the application cannot read it either'),
  inapplicable: (journal) =>
    all(journal, 'config.file').length === 0
      ? 'no client file and no settings were found; `oauth-imap init gate` writes down where they are'
      : undefined,
  observes: told,
  counterexamples: ['settings-that-are-no-yaml'],
  consequence: 'The application starts without the settings, or not at all, and every rule about them stays open.',
  fix: 'Mend the file at the place that is named.',
  judge({ type, fields }) {
    if (type === 'config.unknown') {
      const meant = fields.nearest === null ? 'it is passed over.' : `did you mean ${fields.nearest}?`
      return noted(`Unknown name ${fields.name}: ${meant}`)
    }
    const { file, line, column, problem } = fields
    return problem === undefined ? satisfied() : unreadable(`${file}:${line}:${column}: ${problem}`)
  },
})
