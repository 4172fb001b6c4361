import { scenario } from '../../harness/model/scenario.ts'

const hour = 3_600_000

/** The user takes the access away; the application goes on checking mail every hour for a day. */
export const accessRemoved = scenario({
  id: 'access-removed',
  title: 'The user removes access, and a day goes by',
  stage: 'worker',
  doors: ['tls'],
  async play({ account, clock, gmail, google, perform, phase }) {
    const folder = 'INBOX'
    phase('granted')
    gmail.offer(['XOAUTH2'])
    await perform({ act: 'sign-in', account })
    await perform({ act: 'check-mail', account, folder })

    phase('removed')
    google.removeAccess(account)
    await perform({ act: 'check-mail', account, folder })
    for (let passed = 0; passed < 24; passed++) {
      await clock.advance(hour)
      await perform({ act: 'check-mail', account, folder })
    }
  },
})
