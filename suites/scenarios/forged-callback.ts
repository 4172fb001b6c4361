import { scenario } from '../../harness/model/scenario.ts'

/** Somebody else's answer reaches the redirection endpoint first. */
export const forgedCallback = scenario({
  id: 'forged-callback',
  title: 'A forged callback arrives before the true one',
  stage: 'worker',
  doors: ['tls'],
  async play({ account, user, perform }) {
    user({ callbacks: ['forged-state', 'true'] })
    await perform({ act: 'sign-in', account })
  },
})
