import type { Sign } from '../model.ts'
import { signsOf } from './sign.ts'

/** What Gmail's IMAP and SMTP say; `fixtures/gmail/refusals.json` has the source of each sentence. */
export const mailSigns: readonly Sign[] = [
  ...signsOf('mail', 'code', [
    [
      'credentials-refused',
      /\bAUTHENTICATIONFAILED\b|Invalid credentials(?: \(Failure\)| [a-z0-9]{10,}\b)|SASL authentication failed|535[ -:]+5\.7\.[18]|Username and Password not accepted|\bmail\.AuthenticationFailedException|(?:imap|smtp|xoauth|gmail|sasl|mail|334)\b.{0,200}authentication fail(?:ed|ure)|authentication fail(?:ed|ure).{0,200}\b(?:imap|smtp|xoauth|gmail|sasl|334)|server rejected XOAUTH2|invalid-xoauth2-resp/i,
      'Gmail refused the credentials',
    ],
    [
      'app-password-required',
      /application-specific password required|534[ -]+5\.7\.9/i,
      '“Application-specific password required”',
    ],
    [
      'web-login',
      /web login required|please log in (?:via|with) your web browser|534[ -]+5\.7\.14/i,
      '“Please log in via your web browser”',
    ],
    ['imap-off-domain', /imap access is disabled for your domain/i, '“IMAP access is disabled for your domain.”'],
    ['imap-off-account', /your account is not enabled for imap use/i, '“Your account is not enabled for IMAP use.”'],
    ['connections', /too many simultaneous connections/i, '“Too many simultaneous connections.”'],
    [
      'bandwidth',
      /account exceeded command or bandwidth limits|\[OVERQUOTA\]/i,
      '“Account exceeded command or bandwidth limits.”',
    ],
    ['too-fast', /imap command sent too fast/i, '“IMAP command sent too fast”'],
    [
      'system-problem',
      /temporary system (?:problem|error)|\bBYE (?:\[UNAVAILABLE\] )?System Error|NO (?:\[b')?System Error|\bSystem Error \(Failure\)/i,
      'a temporary error of Gmail’s',
    ],
    ['session-expired', /session expired, please login again/i, '“Session expired, please login again.”'],
    ['lookup-failed', /\bNO Lookup failed|: Lookup failed\b/i, '“Lookup failed”'],
    ['client-aborted', /client aborted authenticate command/i, '“Client aborted AUTHENTICATE command.”'],
    ['sasl-malformed', /invalid sasl argument/i, '“Invalid SASL argument.”'],
    [
      'mechanism-missing',
      /IMAP wants more steps despite successful SASL|no worthy mechs found|(?:XOAUTH2|OAUTHBEARER) (?:is )?not (?:supported|available|enabled)|unsupported (?:SASL )?mechanism/i,
      'the program has no XOAUTH2 that works',
    ],
  ]),
  ...signsOf('mail', 'detail', [
    ['challenge-400', /"status"\s*:\s*"400"/, 'an error challenge with status 400'],
    ['challenge-401', /"status"\s*:\s*"401"/, 'an error challenge with status 401'],
    ['challenge-oauthbearer', /"status"\s*:\s*"invalid_(?:request|token)"/, 'an error challenge of OAUTHBEARER'],
  ]),
  ...signsOf('mail', 'hint', [
    ['by-token', /XOAUTH2|OAUTHBEARER|auth=Bearer|accessToken|SaslMechanismOAuth2/i, 'the login was one with a token'],
    [
      'by-password',
      /AUTHENTICATE (?:PLAIN|LOGIN)\b|AUTH (?:PLAIN|LOGIN)\b|\b(?:\w+ )LOGIN "?[^\s"@]+@\S+ |auth: \{ user: .{1,80} pass\b/,
      'the login was one with a password',
    ],
    ['service-account-user', /user=[^\s\x01&]*\.gserviceaccount\.com/i, 'the user name is that of a service account'],
    [
      'after-resume',
      /dropped connection|resum(?:e|ing) from suspend|reconnect(?:ing|ed)?\b|after (?:sleep|suspend)/i,
      'the connection had been lost before',
    ],
  ]),
]
