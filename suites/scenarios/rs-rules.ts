import { scenario } from '../../harness/model/scenario.ts'

/** No subject: the IMAP server itself is asked to keep the rules that standards set for it. */
export const rsRules = scenario({
  id: 'rs-rules',
  title: 'The mock of Gmail is asked what an IMAP server must do',
  stage: 'none',
  doors: ['interception'],
  play: ({ probeGmail }) => probeGmail(),
})
