import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { type Pki, createPki } from '../../mocks/doors/pki.ts'
import { type TokenJudge, startOAuthDovecot } from '../../mocks/mailbox-servers/dovecot-oauth2.ts'
import type { Dovecot } from '../../mocks/mailbox-servers/dovecot.ts'
import type { FarSide } from '../live/far-side.ts'
import { type IssuerManners, mailServer, openIssuer, person } from './live-foreign-issuer.fixture.ts'

export interface ForeignWorld extends AsyncDisposable {
  readonly farSide: FarSide
  readonly pki: Pki
  readonly dovecot: Dovecot
  readonly issuer: Awaited<ReturnType<typeof openIssuer>>
  /** Folders, messages and flags of the account, as Dovecot tells them to whoever has its password. */
  mail(): Promise<string>
}

type Judging = TokenJudge['kind'] | 'introspection that is down'

let shared: Promise<Pki> | undefined

/** An issuer and a mail server that nobody here wrote, on loopback, and some mail. Nothing of Gmail’s front is in it. */
export async function openForeignWorld(
  judging: Judging = 'introspection',
  { more = '', ...manners }: IssuerManners & { readonly more?: string } = {},
): Promise<ForeignWorld> {
  const pki = await (shared ??= createPki())
  const issuer = await openIssuer(pki, manners)
  const judge = judgeOf(judging, issuer)
  const dovecot = await startOAuthDovecot({ judge, certificate: pki, ca: pki.ca, more })
  await bringMail(dovecot)
  return {
    farSide: {
      issuer: issuer.issuer,
      // By its address and not by its name, as somebody may who runs one on this machine.
      imap: { host: '127.0.0.1', port: dovecot.tlsPort },
      scope: 'openid email offline_access',
      mailScope: null,
      authorities: pki.ca,
    },
    ...{ pki, dovecot, issuer },
    mail: () => lookAtMail(dovecot),
    async [Symbol.asyncDispose]() {
      await dovecot[Symbol.asyncDispose]()
      await issuer[Symbol.asyncDispose]()
    },
  }
}

function judgeOf(judging: Judging, { introspection, userinfo }: ForeignWorld['issuer']): TokenJudge {
  switch (judging) {
    case 'introspection':
      return { kind: 'introspection', url: introspection, client: mailServer }
    case 'introspection that is down':
      // Nobody but root may listen there, and no root does.
      return { kind: 'introspection', url: 'https://localhost:1/introspection', client: mailServer }
    case 'userinfo':
      return { kind: 'userinfo', url: userinfo }
    default:
      return { kind: judging }
  }
}

const messages = ['plain', 'encoded-subject', 'eight-bit']

/** By password, in the clear on loopback. */
async function bringMail(dovecot: Dovecot): Promise<void> {
  await using session = await logIn(dovecot)
  for (const [index, name] of messages.entries()) {
    const message = await readFile(new URL(`../../fixtures/mailboxes/${name}.eml`, import.meta.url), 'latin1')
    // One is unread, and must stay so.
    const flags = index === 0 ? '' : '\\Seen'
    await session.say(`APPEND INBOX (${flags}) {${message.length}+}\r\n${message}`)
  }
}

async function lookAtMail(dovecot: Dovecot): Promise<string> {
  await using session = await logIn(dovecot)
  await session.say('EXAMINE INBOX')
  const commands = ['LIST "" *', 'STATUS INBOX (MESSAGES UNSEEN UIDNEXT)', 'FETCH 1:* (UID FLAGS RFC822.SIZE)']
  const told: string[] = []
  for (const command of commands) told.push(await session.say(command))
  return told.join('')
}

async function logIn({ port, password }: Dovecot) {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1')
  let heard = ''
  let tag = 0
  socket.on('data', (octets: string) => (heard += octets))
  /** Gives back what came before the tagged answer. */
  const say = async (command: string): Promise<string> => {
    const answer = new RegExp(`^${++tag} (OK|NO|BAD) .*\r\n`, 'm')
    heard = ''
    socket.write(`${tag} ${command}\r\n`, 'latin1')
    const signal = AbortSignal.timeout(10_000)
    while (!answer.test(heard)) await once(socket, 'data', { signal })
    const [line, condition] = answer.exec(heard)!
    if (condition !== 'OK') throw new Error(`Dovecot answers ${line}`)
    return heard.slice(0, -line.length)
  }
  await once(socket, 'data', { signal: AbortSignal.timeout(10_000) })
  await say(`LOGIN ${person.address} ${password}`)
  return { say, [Symbol.asyncDispose]: async () => void socket.destroy() }
}
