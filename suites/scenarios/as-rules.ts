import { scenario } from '../../harness/model/scenario.ts'

/** No subject: the authorization server itself is asked to keep and to break the rules that standards set for it. */
export const asRules = scenario({
  id: 'as-rules',
  title: 'The mock of Google is asked what it must refuse',
  stage: 'none',
  doors: ['interception'],
  play: ({ probeGoogle }) => probeGoogle(),
})
