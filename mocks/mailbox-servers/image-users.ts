import { randomUUID } from 'node:crypto'
import type { MailboxUsers, UserRequest } from '../../harness/model/mailbox-image.ts'
import type { Container } from './container.ts'
import type { BackendLogin } from './mailbox-server.ts'
import { unavailable } from './patience.ts'

/** Thirty-two characters that need quoting nowhere. */
export const newPassword = (): string => randomUUID().replaceAll('-', '')

/** Puts a login where a text of the settings speaks of one. */
export const filledIn = (text: string, { user, password }: Partial<BackendLogin>): string =>
  text.replaceAll('{user}', user ?? '{user}').replaceAll('{password}', password ?? '{password}')

/** Milliseconds for one request. */
const patience = 5000

/** Makes accounts in the way that an image has, one for each call. */
export function accountsOf(
  users: MailboxUsers,
  password: string,
  container: Pick<Container, 'host' | 'portOf'>,
): () => Promise<BackendLogin> {
  let made = 0
  return async () => {
    const number = made++
    const user = `account-${number + 1}`
    if (users === 'any') return { user, password }
    if ('path' in users) return request(users, { user, password: newPassword() }, container)
    const listed = users[number]
    if (listed !== undefined) return { user: listed, password }
    throw unavailable(
      `The image has ${users.length} users, and one more is needed.`,
      'Name more of them in the settings, or play fewer accounts.',
    )
  }
}

async function request(
  { port, path, body }: UserRequest,
  login: BackendLogin,
  { host, portOf }: Pick<Container, 'host' | 'portOf'>,
): Promise<BackendLogin> {
  const filled = Object.fromEntries(Object.entries(body).map(([key, text]) => [key, filledIn(text, login)]))
  const response = await fetch(`http://${host}:${portOf(port)}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(filled),
    signal: AbortSignal.timeout(patience),
  }).catch((cause: unknown) => {
    throw unavailable(
      `POST ${path} of the mailbox server has no answer.`,
      'See whether its container still runs.',
      cause,
    )
  })
  const said = (await response.text()).replaceAll(login.password, '…').slice(0, 200)
  if (response.ok) return login
  throw unavailable(
    `POST ${path} of the mailbox server answers ${response.status}: ${said}`,
    'Check port, path and body of its users in the settings.',
  )
}
