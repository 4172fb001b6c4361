import { type Check, check } from '../../harness/model/check.ts'

type Statement<E> = Omit<Check<E>, 'needs' | 'instruments' | 'time' | 'scenarios'> &
  Partial<Pick<Check<E>, 'instruments'>>

/** A check that files alone decide: nothing is played. */
export const configurationCheck = <E>(statement: Statement<E>): Check =>
  check<E>({
    needs: ['configuration-files'],
    instruments: [],
    time: 'none',
    scenarios: ['configuration'],
    ...statement,
  })
