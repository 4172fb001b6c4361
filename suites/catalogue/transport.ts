import { each } from '../../harness/model/check.ts'
import { google, ownRule } from '../../harness/model/clause.ts'
import { noted, satisfied, undecided, violated } from '../../harness/model/finding.ts'
import type { Finding } from '../../harness/model/finding.ts'
import { unlessMapped, unlessSeen, valueIn } from '../facts/profiles.ts'
import { isProduction, productionProfiles, valuesOf, writtenIn } from '../facts/settings.ts'
import { flagOf, turnedRound } from '../facts/words.ts'
import { configurationCheck } from './configuration-check.ts'

/** Step 8, as settings show it: how the connection to Gmail is protected. */

const host = 'imap.gmail.com'
const olderHost = 'imap.googlemail.com'
/** A name of Google’s that is not the one of IMAP, or a misspelt one. */
const nearlyHost = /(?:^|\.)(?:gmail|googlemail|google)\.com$|^imap\.g?o?o?g?l?e?mai?l\.[a-z]+$/i

const hostJudged = (name: string): Finding => {
  if (name.toLowerCase() === host) return satisfied()
  if (name.toLowerCase() === olderHost) return noted(`${olderHost} is an older name; Google’s guide says ${host}.`)
  return violated({ expected: host, actual: name, replacement: host })
}

const portJudged = (port: string): Finding =>
  port === '993' ? satisfied() : violated({ expected: '993', actual: port, replacement: '993' })

function securityJudged(security: string, written: string): Finding {
  if (security.toLowerCase() === 'implicit') return satisfied()
  if (!/^(?:none|starttls|start-tls)$/i.test(security))
    return undecided(`imap.tls is neither implicit nor starttls nor none: ${written}`)
  return violated(turnedRound('TLS from the first octet', written))
}

const ofGmail = each('config.value', 'host, port or TLS of IMAP', ({ fields: { name, profile } }, journal) => {
  if (!['imap.host', 'imap.port', 'imap.tls'].includes(name)) return false
  const named = valueIn(journal, profile, 'imap.host')
  return named === undefined || nearlyHost.test(named)
})

export const implicitTls = configurationCheck({
  id: 'tls/implicit-993',
  title: 'Gmail is reached at imap.gmail.com, port 993, with TLS from the first octet',
  step: 8,
  level: 'MUST',
  requiredBy: 'Google',
  clause: google('imap-smtp', 'Protocol'),
  quote:
    'Incoming connections to the IMAP server at imap.gmail.com:993 and the POP server at pop.gmail.com:995 require SSL.',
  inapplicable: (journal) =>
    unlessMapped('imap.host', 'imap.port', 'imap.tls')(journal) ??
    unlessSeen(ofGmail, 'the IMAP host is none of Gmail’s')(journal),
  observes: ofGmail,
  counterexamples: ['imap-on-port-143', 'imap-without-tls', 'imap-with-starttls', 'host-of-smtp'],
  consequence: 'No connection comes about; on a network with a proxy the token may go out in the clear.',
  fix: 'Connect to imap.gmail.com, port 993, with implicit TLS (secure: true); Gmail offers no STARTTLS.',
  judge(told) {
    const [value = ''] = valuesOf(told)
    if (told.fields.name === 'imap.host') return hostJudged(value)
    return told.fields.name === 'imap.port' ? portJudged(value) : securityJudged(value, writtenIn(told))
  },
})

const oldVersion = /^(?:SSLv[23]|TLSv?1(?:[._][01])?|1\.[01]|SSL3|TLS10|TLS11)$/i

function switchJudged(name: string, value: string, written: string): Finding {
  if (name === 'tls.minVersion')
    return oldVersion.test(value)
      ? violated({ expected: 'TLSv1.2 or newer', actual: value, replacement: 'TLSv1.2' })
      : satisfied()
  if (flagOf(value) === undefined) return undecided(`tls.rejectUnauthorized is no flag: ${written}`)
  return flagOf(value) === true ? satisfied() : violated(turnedRound('certificates that are verified', written))
}

export const noInsecureSwitch = configurationCheck({
  id: 'tls/no-insecure-switch',
  title: 'Nothing switches the verification of certificates off',
  step: 8,
  level: 'MUST',
  requiredBy: 'suite',
  clause: ownRule('RFC 8314 §5.2 wants certificates validated by mail programs'),
  inapplicable: unlessMapped('tls.rejectUnauthorized', 'tls.minVersion'),
  observes: each('config.value', 'switch of TLS', ({ fields: { name } }) =>
    ['tls.rejectUnauthorized', 'tls.minVersion'].includes(name),
  ),
  counterexamples: ['certificates-not-verified', 'environment-trusts-everybody', 'tls-of-1999'],
  consequence: 'Anybody on the way reads the token and with it the whole mailbox.',
  fix: 'Remove the switch; for a server of your own add its CA (NODE_EXTRA_CA_CERTS, ca:) instead.',
  judge(told, journal) {
    const { name, profile } = told.fields
    const [value = ''] = valuesOf(told)
    const finding = switchJudged(name, value, writtenIn(told))
    // A variable of the process holds for every profile.
    const spared = profile !== '' && !isProduction(told) && productionProfiles(journal).length > 0
    return finding.finding === 'violated' && spared
      ? noted(`${name} is ${value} in profile ${profile}; keep it out of production.`)
      : finding
  },
})
