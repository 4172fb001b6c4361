import { each } from '../../harness/model/check.ts'
import { ownRule } from '../../harness/model/clause.ts'
import { noted, satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { all, positionOf } from '../../harness/model/observation.ts'
import { isProduction } from '../facts/settings.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 6, before a line of the application has run: what its configuration does at the strict mock of Google and Gmail. */

export const plays = configurationCheck({
  id: 'cfg/plays',
  title: 'The configuration lives through a token’s life at the strict mock',
  step: 6,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('consent, exchange, login, refresh after an hour and after eight days, with this very configuration'),
  inapplicable(journal) {
    if (!all(journal, 'config.begun').some(({ fields }) => fields.played))
      return 'not played: check --play plays the life of a token with it'
    return all(journal, 'config.played').length === 0 ? 'no profile was found that could be played' : undefined
  },
  observes: each('config.played', 'step of a token’s life that was played'),
  counterexamples: ['prompt-in-capitals'],
  consequence: 'The same request ends the same way at Google: before the first mail, or a week after it.',
  fix: 'Change the value at this place, or what is registered at Google; then play it again.',
  judge(played) {
    const { step, outcome, setting, value, answer, reason } = played.fields
    if (outcome === 'undecided') return undecided(`${step}: ${reason}`)
    if (outcome === 'done') return reason === '' ? satisfied() : noted(`${step}: ${reason}.`)
    const said = value === null ? `${setting} as it is, or its absence` : `${setting} ${value}`
    // What Testing means, and no flaw of a profile that nobody but its testers uses.
    if (setting === 'publishingStatus' && !isProduction(played))
      return noted(`${step}: Google answers ${answer}, as it does in Testing after seven days.`, positionOf(played))
    return violated(
      {
        expected: `a configuration that gets past “${step}”`,
        actual: reason === '' ? said : `${said}: ${reason}`,
        ...(answer === '' ? {} : { answer }),
      },
      positionOf(played),
    )
  },
})
