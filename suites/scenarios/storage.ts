import { scenario } from '../../harness/model/scenario.ts'

/** A whole process with a home of its own and the most permissive umask: what it leaves behind, and what it prints. */
export const storage = scenario({
  id: 'storage',
  title: 'What a process leaves on disk and prints',
  stage: 'child',
  doors: ['tls'],
  async play({ account, clock, perform, phase, stage }) {
    const check = { act: 'check-mail', account, folder: 'INBOX' } as const
    phase('first-start')
    await perform({ act: 'sign-in', account })
    await perform(check)
    await clock.advance(3_600_000)
    await perform(check)

    phase('second-start')
    await stage.restart()
    await perform(check)

    phase('inspection')
    await stage.inspect()
  },
})
