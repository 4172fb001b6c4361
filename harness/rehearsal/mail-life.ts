import { decided, deciderOf } from './decider.ts'
import { type Profile, textOf } from './profile.ts'
import type { Steps } from './telling.ts'
import type { Playing } from './token-request.ts'

const hour = 3_600_000
/** Milliseconds after the sign-in, and how the moment is called. */
const moments = [
  [0, ''],
  [hour, ' after an hour'],
  [8 * 24 * hour, ' after eight days'],
] as const

/**
 * The life of a token: it opens the mailbox, and so does its successor when it has run out, and when a week of Testing is
 * over.
 *
 * @param obtain brings an access token, told as a step; undefined ends the life
 */
export async function* mailLife(playing: Playing, user: string, obtain: (moment: string) => Steps<string>): Steps {
  for (const [at, moment] of moments) {
    playing.stand.waitUntil(at)
    const token = yield* obtain(moment)
    if (token === undefined) return undefined
    const opened = yield* login(playing, `IMAP login${moment}`, { user, token })
    if (opened === undefined) return undefined
  }
  return undefined
}

async function* login(
  { profile, stand, tell }: Playing,
  step: string,
  { user, token }: { readonly user: string; readonly token: string },
): Steps<true> {
  const wrong = wrongServer(profile)
  if (wrong !== undefined) {
    const { setting, outcome, reason } = wrong
    yield { ...tell.failed(step, decided(profile, [setting]), reason), outcome }
    return undefined
  }
  const mechanism = mechanismOf(profile)
  // RFC 4422 §3.1.
  if (!/^[\w-]{1,20}$/.test(mechanism)) {
    yield tell.undecided(step, ['mechanisms'], 'the first of the mechanisms is no name of one')
    return undefined
  }
  const { accepted, line, challenge } = stand.logIn({ mechanism, user, token })
  if (accepted) {
    yield tell.done(step, ['mechanisms', 'scopes'])
    return true
  }
  const why = stand.newest('imap.auth')?.refusal ?? ''
  const answer = challenge === '' ? line : `${line} after the challenge ${challenge}`
  yield tell.refused(step, deciderOf(profile, why, ['mechanisms']), answer)
  return undefined
}

/** Google’s own for tokens, where it is among them; the one that Google documents where none is named. */
function mechanismOf(profile: Profile): string {
  const named = profile.said('mechanisms')?.values ?? []
  return named.find((name) => /^(?:XOAUTH2|OAUTHBEARER)$/i.test(name)) ?? named[0] ?? 'XOAUTH2'
}

const gmail = 'imap.gmail.com'

interface WrongServer {
  readonly setting: string
  readonly outcome: 'refused' | 'undecided'
  readonly reason: string
}

/**
 * Gmail answers at one name and one port, in TLS from the first octet (Google, IMAP, POP and SMTP). What answers under its
 * older name, or on this machine, is not played.
 */
function wrongServer(profile: Profile): WrongServer | undefined {
  const host = textOf(profile, 'imap.host')?.toLowerCase() ?? gmail
  const port = textOf(profile, 'imap.port') ?? '993'
  const tls = textOf(profile, 'imap.tls')?.toLowerCase() ?? 'implicit'
  if (host !== gmail) {
    const outcome = notPlayed.test(host) ? 'undecided' : 'refused'
    return { setting: 'imap.host', outcome, reason: `no token was shown: ${host} is not ${gmail}` }
  }
  if (port !== '993')
    return {
      setting: 'imap.port',
      outcome: 'refused',
      reason: `no connection: ${gmail} answers at port 993, not ${port}`,
    }
  if (/^(?:implicit|tls|ssl|ssl\/tls|imaps|true|yes|on|1)$/.test(tls)) return undefined
  const outcome = /^(?:none|start-?tls|false|no|off|0)$/.test(tls) ? 'refused' : 'undecided'
  return { setting: 'imap.tls', outcome, reason: `no greeting: port 993 speaks TLS from the first octet, not “${tls}”` }
}

const notPlayed = /^(?:imap\.googlemail\.com|localhost|.*\.localhost|127\..*|\[?::1\]?)$/
