import { isAbandoned, ownerName } from '../../../harness/runtime/owner.ts'
import { alice, openTestMocks, openTestWorld } from '../../gmail/gmail.fixture.ts'
import { openDovecot } from '../dovecot.ts'
import { openGreenMail } from '../greenmail.ts'
import type { MailboxServer } from '../mailbox-server.ts'
import { serverCore } from '../protocol-proxy.ts'
import { mail } from './mail.fixture.ts'
import type { ServerName } from './row.fixture.ts'

export type World = ReturnType<typeof openTestWorld>

/** A server behind Gmail's front; each story has a world of its own, with the same mail in it. */
export interface ContractServer extends AsyncDisposable {
  readonly description: string
  openWorld(): Promise<World>
}

export const servers: Readonly<Record<ServerName, () => Promise<ContractServer>>> = {
  // In no other setting of Gmail does \Deleted mean what RFC 3501 says.
  embedded: async () => ({
    description: 'the mail store of this harness, Auto-Expunge off',
    openWorld: async () => openTestWorld(mail, { settings: { autoExpunge: false } }),
    async [Symbol.asyncDispose]() {},
  }),
  dovecot: async () => behindTheFront(await openDovecot()),
  greenmail: async () =>
    behindTheFront(await openGreenMail({ owner: { name: ownerName(), isAbandoned }, tell: () => {} })),
}

function behindTheFront(server: MailboxServer): ContractServer {
  const { name, version, image, origin } = server.description
  return {
    description: [name, version, image, `(${origin})`].filter((word) => word !== undefined).join(' '),
    async openWorld() {
      const mocks = openTestMocks()
      const core = await serverCore(mocks, { server, mailboxes: { [alice]: mail } })
      return openTestWorld([], {}, { mocks, core })
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
