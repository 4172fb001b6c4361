import { check, each } from '../../harness/model/check.ts'
import { ownRule } from '../../harness/model/clause.ts'
import { satisfied, violated } from '../../harness/model/finding.ts'
import { all, positionOf } from '../../harness/model/observation.ts'

/** Step 10: what reading leaves behind. */

export const peek = check({
  id: 'imap/peek',
  title: 'Reading a message does not mark it as read',
  step: 10,
  level: 'SHOULD',
  requiredBy: 'suite',
  clause: ownRule('RFC 3501 §6.4.5 has BODY.PEEK[] so that reading need not set \\Seen'),
  needs: ['read-mail'],
  instruments: [],
  time: 'none',
  scenarios: ['lifecycle'],
  observes: each(
    'subject.delivered',
    'message that the subject read, byte for byte',
    ({ fields }) => fields.expected === 'same-bytes',
  ),
  reliesOn: ['mock/rs-rules'],
  counterexamples: ['marks-mail-as-read'],
  consequence: 'Mail that a program has fetched looks read to its owner, who will miss it.',
  fix: 'Open the folder with EXAMINE and fetch with BODY.PEEK[].',
  judge({ fields: { folder, uid } }, journal) {
    const seen = all(journal, 'imap.flags').filter(
      ({ fields }) => fields.folder === folder && fields.uid === uid && fields.added.includes('\\Seen'),
    )
    return seen.length === 0
      ? satisfied()
      : violated({ expected: 'flags as they were', actual: '\\Seen was set' }, ...seen.map(positionOf))
  },
})
