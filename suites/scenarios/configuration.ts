import { scenario } from '../../harness/model/scenario.ts'

/** Nothing is played: the client files, the settings and the attestation are read as they lie in the project folder. */
export const configuration = scenario({
  id: 'configuration',
  title: 'Client files, settings and attestation',
  stage: 'none',
  doors: ['interception'],
  play: ({ readConfiguration }) => readConfiguration(),
})
