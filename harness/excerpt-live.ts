import type { ObservedLive } from './model/live.ts'

/** What live runs observe, as people write it. */
export const toldLive: { readonly [T in keyof ObservedLive]: (fields: Readonly<ObservedLive[T]>) => string } = {
  'live.asked': ({ issuer, mailScope, also }) =>
    sentence(`${issuer} for ${mailScope ?? 'no scope of its own'}`, also.length > 0 && `also ${also.join(', ')}`),
  'live.trouble': ({ part, cause, said }) => sentence(`${part} ended early, ${cause}`, said),
  'live.metadata': ({ url, status, issuer, missing, insecure }) =>
    sentence(
      `${url} → ${status}, issuer ${issuer ?? 'none'}`,
      missing.length > 0 && `without ${missing.join(', ')}`,
      insecure.length > 0 && `plain HTTP: ${insecure.join(', ')}`,
    ),
  'live.keys': ({ url, status, keys, usable }) => `${url} → ${status}, ${usable} of ${keys} keys can verify`,
  'live.clock': ({ host, seconds }) => `our clock less that of ${host}: ${seconds} seconds`,
  'live.tls': ({ server, asked, accepted }) =>
    `${server} ${accepted === null ? 'could not be asked for' : accepted ? 'agrees to' : 'refuses'} ${asked}`,

  'live.greeting': ({ host, port, version, condition, said }) =>
    `${host}:${port}, ${version}: ${condition === 'none' ? '' : `* ${condition} `}${said}`.trim(),
  'live.capabilities': ({ when, names }) => `${when}: ${names.join(' ')}`,
  'live.id': ({ name, fields }) => `ID ${name ?? 'without a name'} (${fields.join(' ')})`,

  'live.consent': ({ answer, error }) => sentence(`authorization response: ${answer}`, error),
  'live.grant': ({ from, days }) => sentence(`grant from ${from}`, days !== null && `given ${days} days ago`),
  'live.tokens': ({ by, status, error, description, ...answered }) =>
    error === null
      ? `${by} → ${status} ${tokensIn(answered)}`
      : sentence(`${by} → ${status} ${error}`, description && `“${description}”`),
  'live.storage': ({ directoryMode, fileMode, leaks, planted }) =>
    sentence(
      `folder ${directoryMode || 'without a mode'}, file ${fileMode || 'without a mode'}`,
      `${leaks} secrets can be read in it`,
      !planted && 'what was planted was not found',
    ),

  'live.login': ({ mechanism, token, offered, result, challenge, answer }) =>
    offered
      ? sentence(`AUTHENTICATE ${mechanism} with a token ${tokenIs[token]} → ${result}`, challenge, answer)
      : `AUTHENTICATE ${mechanism} is not offered`,
  'live.folders': ({ folders, specialUse }) => `${folders} folders, ${specialUse.join(' ') || 'none with a use'}`,
  'live.headers': ({ folder, exists, read, unseen, changed, mail = [] }) =>
    sentence(
      `${folder}: headers of ${read} of ${exists} messages, ${changed} of ${unseen} unread ones changed meanwhile`,
      // There is some only where a person asked for it.
      ...mail.map(({ uid, from, subject, date }) => `UID ${uid} of ${date} from ${from}: ${subject}`),
    ),
  'live.label': ({ left, ...steps }) =>
    `our label: ${Object.entries(steps)
      .map(([step, done]) => (done ? step : `not ${step}`))
      .join(', ')}; ${left} left`,
  'live.revocation': ({ status, after, error }) =>
    sentence(`revocation → ${status}`, `a refresh after it ${after}`, error),
  'live.spent': ({ received, sent, connections, mostAtOnce }) =>
    `${received} octets received, ${sent} sent, ${connections} connections, ${mostAtOnce} at once`,

  'drift.compared': ({ area, look, fact, state, expected, observed, since, note }) =>
    state === 'not-observed'
      ? `${area}, ${look}: not looked at`
      : sentence(
          `${area}, ${look}, ${fact}: expected ${expected ?? 'nothing'}, saw ${observed ?? 'nothing'}`,
          since && `known since ${since}`,
          note,
        ),
}

const tokenIs: Readonly<Record<ObservedLive['live.login']['token'], string>> = {
  issued: 'just issued',
  refreshed: 'from a refresh',
  bogus: 'that nobody issued',
  revoked: 'that was revoked',
}

type Answered = Pick<
  ObservedLive['live.tokens'],
  'members' | 'tokenType' | 'expiresIn' | 'refreshTokenExpiresIn' | 'scope' | 'identity'
>

const tokensIn = ({ members, tokenType, expiresIn, refreshTokenExpiresIn, scope, identity }: Answered): string =>
  sentence(
    members.join(' '),
    `token_type ${tokenType ?? 'none'}`,
    expiresIn !== null && `expires_in ${expiresIn}`,
    refreshTokenExpiresIn !== null && `refresh_token_expires_in ${refreshTokenExpiresIn}`,
    scope !== null && `scope ${scope.join(' ')}`,
    identity !== 'not told' && `of ${identity}`,
  )

/** What there is to say, one after the other. */
const sentence = (...parts: readonly (string | false | null)[]): string =>
  parts.filter((part) => part !== false && part !== null && part !== '').join('; ')
