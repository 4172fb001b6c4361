import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type Socket, connect } from 'node:net'
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
}

type Judging = TokenJudge['kind'] | 'introspection that is down'

let shared: Promise<Pki> | undefined

/** An issuer and a mail server that nobody here wrote, on loopback, and some mail. Nothing of Gmail’s front is in it. */
export async function openForeignWorld(
  judging: Judging = 'introspection',
  manners: IssuerManners = {},
): Promise<ForeignWorld> {
  const pki = await (shared ??= createPki())
  const issuer = await openIssuer(pki, manners)
  const judge = judgeOf(judging, issuer)
  const dovecot = await startOAuthDovecot({ judge, certificate: pki, ca: pki.ca })
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
async function bringMail({ port, password }: Dovecot): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  const say = conversationOn(socket)
  await say(`a LOGIN ${person.address} ${password}\r\n`, 'a OK ')
  for (const [index, name] of messages.entries()) {
    const message = await readFile(new URL(`../../fixtures/mailboxes/${name}.eml`, import.meta.url), 'latin1')
    await say(`m${index} APPEND INBOX (\\Seen) {${message.length}+}\r\n${message}\r\n`, `m${index} OK `)
  }
  socket.destroy()
}

/** Writes, and waits for the tagged answer. */
function conversationOn(socket: Socket): (said: string, answer: string) => Promise<void> {
  let heard = ''
  socket.setEncoding('latin1').on('data', (octets: string) => (heard += octets))
  return async (said, answer) => {
    socket.write(said, 'latin1')
    const signal = AbortSignal.timeout(10_000)
    while (!heard.includes(answer)) {
      if (/^\S+ (?:NO|BAD) /m.test(heard)) throw new Error(`Dovecot answers ${heard}`)
      await once(socket, 'data', { signal })
    }
  }
}
