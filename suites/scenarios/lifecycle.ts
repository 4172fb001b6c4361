import { scenario } from '../../harness/model/scenario.ts'

const minute = 60_000

/** The life of a grant from consent to sign-out: both mechanisms, one hour's expiry, a refresh, a session that Gmail ends. */
export const lifecycle = scenario({
  id: 'lifecycle',
  title: 'From consent to sign-out, through an hour’s expiry',
  stage: 'worker',
  doors: ['interception', 'tls'],
  async play({ account, clock, gmail, perform, phase }) {
    const folder = 'INBOX'
    phase('sign-in')
    await perform({ act: 'sign-in', account })

    phase('first-hour')
    gmail.offer(['XOAUTH2'])
    await perform({ act: 'check-mail', account, folder })
    gmail.offer(['XOAUTH2', 'OAUTHBEARER'])
    await perform({ act: 'watch', account, folder })

    await clock.advance(45 * minute)
    await perform({ act: 'check-mail', account, folder })

    phase('near-expiry')
    await clock.advance(11 * minute)
    await perform({ act: 'check-mail', account, folder })

    phase('session-end')
    await clock.advance(15 * minute)

    phase('new-mail')
    gmail.deliver(account, 'plain.eml')
    await perform({ act: 'check-mail', account, folder })

    phase('sign-out')
    await perform({ act: 'sign-out', account })

    phase('afterwards')
    await clock.advance(10 * minute)
    await perform({ act: 'check-mail', account, folder })
  },
})
