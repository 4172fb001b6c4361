import { type InFiles, each } from '../../harness/model/check.ts'
import { type Finding, noted, satisfied, undecided, violated } from '../../harness/model/finding.ts'
import { unlessSeen, valueIn } from '../facts/profiles.ts'
import { type Setting, isProduction, valuesOf, writtenIn } from '../facts/settings.ts'
import { flagOf, turnedRound } from '../facts/words.ts'

/** Step 11, as settings show it: what production writes down. */

const talkative = /^(?:debug|trace|silly|verbose|all|finest)$/i

function levelJudged(level: string, redacted: boolean): Finding {
  const flag = flagOf(level)
  if (!talkative.test(level) && flag !== true) return satisfied()
  if (redacted) return noted(`Production logs at level ${level}; its secrets are left out.`)
  return violated(
    flag === true
      ? turnedRound('info or less', level)
      : { expected: 'info or less', actual: level, replacement: 'info' },
  )
}

function flagJudged(name: string, wanted: boolean, value: string, written: string): Finding {
  const flag = flagOf(value)
  if (flag === undefined) return undecided(`${name} is no flag: ${written}`)
  return flag === wanted ? satisfied() : violated(turnedRound(`${name} ${wanted}`, written))
}

const logging = each(
  'config.value',
  'logging of production',
  (told) => isProduction(told) && ['log.level', 'log.redaction', 'log.wire'].includes(told.fields.name),
)

export const logsInFiles: InFiles<Setting> = {
  observes: logging,
  inapplicable: unlessSeen(logging, 'no production profile maps log.level, log.redaction or log.wire'),
  judge(told, journal) {
    const { name, profile } = told.fields
    const [value = ''] = valuesOf(told)
    if (name === 'log.level') return levelJudged(value, flagOf(valueIn(journal, profile, 'log.redaction')) === true)
    return flagJudged(name, name === 'log.redaction', value, writtenIn(told))
  },
}
