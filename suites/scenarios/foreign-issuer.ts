import { scenario } from '../../harness/model/scenario.ts'

/** The metadata claims to be somebody else's, then its own again. */
export const foreignIssuer = scenario({
  id: 'foreign-issuer',
  title: 'The metadata names another issuer',
  stage: 'worker',
  doors: ['tls'],
  async play({ account, google, perform, phase }) {
    phase('foreign-issuer')
    google.fault({
      name: 'foreign-issuer',
      endpoint: 'discovery',
      occurrence: 'every',
      members: { issuer: 'https://accounts.example.net' },
    })
    await perform({ act: 'sign-in', account })

    phase('true-issuer')
    google.clearFaults()
    await perform({ act: 'sign-in', account })
  },
})
