import type { LiveCause } from '../model/live.ts'

/** What a cause is called, and what to do next. */
export interface CauseText {
  readonly title: string
  readonly next: string
}

export const causes: Readonly<Record<LiveCause, CauseText>> = {
  'nobody-answered': {
    title: 'nobody finished the sign-in in the browser',
    next: 'Run again and finish it, or look at what Google’s page said: `oauth-imap why` explains it.',
  },
  'consent-denied': {
    title: 'access was denied on the consent screen',
    next: 'Run again and press Continue. In status Testing only the listed test users get that far.',
  },
  'consent-refused': {
    title: 'Google ended the sign-in with an error',
    next: 'Give the error to `oauth-imap why`: it names the causes and what to change in the console.',
  },
  'wrong-account': {
    title: 'the browser was signed in to another account than the one named',
    next: 'Run again and choose the account on Google’s page, or name the other one with --account, with the dots that Google shows.',
  },
  'scope-unticked': {
    title: 'access to mail was left unticked on the consent screen',
    next: 'Run again and tick “Read, compose, send, and permanently delete all your email”: it may come unticked.',
  },
  'no-refresh-token': {
    title: 'no refresh token came with the first tokens',
    next: 'Remove the application at https://myaccount.google.com/connections, then run again.',
  },
  'no-grant': {
    title: 'no grant is stored for this account',
    next: 'Run `oauth-imap live --client FILE --account ADDRESS` once where a browser is, or give --grant env:NAME.',
  },
  'grant-dead': {
    title: 'the stored grant has ended',
    next: 'Sign in again. After seven days the project is in status Testing: publish it. `oauth-imap live --diagnose` tells more.',
  },
  'client-refused': {
    title: 'the issuer refused the client',
    next: 'Download the client file again from the console; a deleted client or an old secret cannot be mended.',
  },
  'redirect-refused': {
    title: 'this kind of client cannot answer to a loopback address',
    next: 'Use a client of type “Desktop app”, or register a loopback address with its port, such as http://127.0.0.1:8976/, at the web client.',
  },
  'clock-wrong': {
    title: 'the clock of this machine is wrong',
    next: 'Set it (timedatectl set-ntp true, or the time service of the system), then run again.',
  },
  'name-not-found': {
    title: 'a host’s name could not be resolved',
    next: 'Is this machine online? Look at the name server, or give proxies: HTTPS_PROXY, and ALL_PROXY for IMAP.',
  },
  unreachable: {
    title: 'a host could not be reached',
    next: 'Look at the network and its firewall: ports 443 and 993 must be open, or a proxy given that runs.',
  },
  'timed-out': {
    title: 'a host did not answer in time',
    next: 'A firewall that drops packets looks like this. Try port 993 by hand: openssl s_client -connect imap.gmail.com:993.',
  },
  'cut-off': {
    title: 'the connection was ended before the answer was whole',
    next: 'Run again. If it happens every time, something between here and there ends connections.',
  },
  'proxy-refused': {
    title: 'the proxy refused to lead there',
    next: 'Check HTTPS_PROXY (HTTP) and ALL_PROXY (IMAP) with user and password; many proxies allow port 443 alone.',
  },
  'captive-portal': {
    title: 'something else answered in the server’s place',
    next: 'Open a page in the browser: a network that wants a login first answers like this. Then run again.',
  },
  'tls-intercepted': {
    title: 'the certificate is not signed by an authority that this machine trusts',
    next: 'If your network inspects TLS, give its authority with --ca FILE or NODE_EXTRA_CA_CERTS; else do not go on.',
  },
  'tls-refused': {
    title: 'TLS could not be agreed on',
    next: 'Something between here and there speaks no TLS 1.2, or the port is none of TLS.',
  },
  'not-the-issuer': {
    title: 'the metadata belongs to another issuer',
    next: 'Give --issuer exactly as its metadata has it.',
  },
  'not-understood': {
    title: 'the answer is none that the protocol knows',
    next: 'Run again; if it stays, report it with what was said.',
  },
  throttled: {
    title: 'the server asks to come back later',
    next: 'Wait an hour; Gmail’s limits for bandwidth last up to a day.',
  },
  'server-error': {
    title: 'the server has a trouble of its own',
    next: 'Run again later; https://www.google.com/appsstatus tells of known ones.',
  },
  'not-imap': {
    title: 'what listens there speaks no IMAP',
    next: 'Check host and port of --imap; IMAP inside TLS is usually on port 993.',
  },
  'imap-off': {
    title: 'IMAP is switched off for this account',
    next: 'Gmail, Settings, Forwarding and POP/IMAP; in a Workspace domain the administrator: Apps, Google Workspace, Gmail, End User Access.',
  },
  'login-refused': {
    title: 'the mail server refused a token that was just issued',
    next: 'Is the address exactly the account’s? The token must hold https://mail.google.com/, and IMAP must be allowed.',
  },
  'mechanism-missing': {
    title: 'the mail server offers no login with tokens',
    next: 'It must announce AUTH=XOAUTH2 or AUTH=OAUTHBEARER.',
  },
  'label-not-ours': {
    title: 'a label of the name that --write works in holds something that is not ours',
    next: 'Look at it in Gmail and rename or remove it; nothing was changed.',
  },
  'too-much': {
    title: 'more octets came than were allowed',
    next: 'Raise --most-bytes, if the plan that was printed is what you want.',
  },
  'vault-unusable': {
    title: 'the stored grant cannot be read or written',
    next: 'Nothing was changed. Put the file or the key back that fits, or remove the file that is named and sign in again.',
  },
  interrupted: { title: 'the run was interrupted', next: 'Run again; nothing was left half done.' },
}
