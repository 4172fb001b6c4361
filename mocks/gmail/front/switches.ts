import type { GmailSwitches } from '../../../harness/model/gmail-setup.ts'

export const defaults: GmailSwitches = {
  // Every captured challenge says 400; 401 stands in the documentation alone.
  xoauth2ErrorStatus: '400',
  // Captures from 2016 on have BAD; one of 2013 has NO after the challenge.
  malformedSasl: 'bad',
  // A limit on connections and a failed look-up were seen after it; of the others no capture shows what came before.
  refusalsAfterChallenge: 'as-captured',
  saslContinuation: '',
  // Every captured login.
  capabilitiesAfterLogin: 'untagged',
  // Google, "Use Gmail with other mail clients": 15.
  connectionsPerAccount: 15,
  // Google, IMAP guide, "Session length limits": about 24 hours.
  passwordSessionLength: 24 * 60 * 60_000,
}
