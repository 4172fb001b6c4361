import type { LiveCause } from '../model/live.ts'
import { type CauseText, causes } from './causes.ts'
import { google } from './far-side.ts'

/** What another service than Google is called by, and where another next step leads: there is no console of Google’s. */
const elsewhere: Readonly<Partial<Record<LiveCause, Partial<CauseText>>>> = {
  'nobody-answered': { next: 'Run again and finish it, or look at what the issuer’s page said.' },
  'consent-denied': { next: 'Run again and grant access.' },
  'consent-refused': {
    title: 'the issuer ended the sign-in with an error',
    next: 'The error above is the issuer’s: look at how this client is registered there, and at --scope.',
  },
  'wrong-account': { next: 'Run again and sign in as the account, or name the other one with --account.' },
  'scope-unticked': {
    title: 'a scope that opens the mailbox was not granted',
    next: 'Run again and grant all that is asked for.',
  },
  'no-refresh-token': {
    next: 'Many issuers give one only for the scope offline_access: name it with --scope, and allow the client to refresh.',
  },
  'grant-dead': { next: 'Sign in again. `oauth-imap live --diagnose` tells more.' },
  'client-refused': { next: 'Are client_id and client_secret in the client file those that the issuer knows?' },
  'redirect-refused': {
    next: 'Register http://127.0.0.1/ as a redirect of a native client (RFC 8252 §7.3), or the address that --client names.',
  },
  throttled: { next: 'Wait an hour, then run again.' },
  'server-error': {
    next: 'Run again later; if it stays, look at the server’s log, and whether it reaches the issuer.',
  },
  'timed-out': {
    next: 'A firewall that drops packets looks like this, and so does a port that speaks something else than IMAP.',
  },
  'imap-off': { next: 'Ask who runs the mail server to switch it on.' },
  'login-refused': {
    next: 'Is the address exactly what the mail server calls the account? Does it ask this issuer, and want another scope?',
  },
  'label-not-ours': { next: 'Look at it in the mailbox and rename or remove it; nothing was changed.' },
}

/** What a cause is called, and what to do next, in a run against this issuer. */
export const causeText = (cause: LiveCause, issuer: string = google.issuer): CauseText => ({
  ...causes[cause],
  ...(issuer === google.issuer ? {} : elsewhere[cause]),
})
