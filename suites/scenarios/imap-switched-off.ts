import { scenario } from '../../harness/model/scenario.ts'

/** An administrator switches IMAP off between two looks at the mailbox. */
export const imapSwitchedOff = scenario({
  id: 'imap-switched-off',
  title: 'An administrator switches IMAP off',
  stage: 'worker',
  doors: ['tls'],
  async play({ account, gmail, perform, phase }) {
    const folder = 'INBOX'
    phase('imap-on')
    await perform({ act: 'sign-in', account })
    await perform({ act: 'check-mail', account, folder })

    phase('imap-off')
    gmail.imapEnabled(account, false)
    await perform({ act: 'check-mail', account, folder })
    await perform({ act: 'check-mail', account, folder })
  },
})
