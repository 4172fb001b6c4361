import { scenario } from '../../harness/model/scenario.ts'

/** Eight looks at the mailbox meet an expired token at once, and the token endpoint is slow. */
export const expiryTogether = scenario({
  id: 'expiry-together',
  title: 'Eight connections meet the same expiry',
  stage: 'worker',
  doors: ['tls'],
  async play({ account, clock, google, perform, phase, together }) {
    const check = { act: 'check-mail', account, folder: 'INBOX' } as const
    phase('fresh')
    await perform({ act: 'sign-in', account })
    await perform(check)

    phase('expired')
    await clock.advance(3_600_000)
    google.fault({ name: 'slow-token-endpoint', endpoint: 'token-endpoint', occurrence: 'every', delay: 2_000 })
    await together(
      Array.from({ length: 8 }, () => check),
      () => clock.advance(2_000),
    )
  },
})
