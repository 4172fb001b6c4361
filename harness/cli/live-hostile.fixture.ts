import { type Server, type TLSSocket, createServer } from 'node:tls'
import type { Alterations, DoorAlteration } from '../model/alteration.ts'
import type { LiveReport, Report } from '../model/report.ts'
import { usualBudget } from '../live/lines/lines.ts'
import { makeTemporaryDirectory, removeTree } from '../runtime/files.ts'
import { wallClock } from '../runtime/wall-clock.ts'
import type { StoredGrant } from '../subjects/reference/token-store.ts'
import { openVault } from '../vault/vault.ts'
import { verifyLive } from '../verify-live.ts'
import { writers } from '../../reports/writers.ts'
import { liveCatalogue } from './catalogue.ts'
import { openFarWorld } from './far-world.fixture.ts'
import { googleExpectations } from './live/expectations.ts'

export interface Suffered {
  readonly report: Report & { readonly live: LiveReport }
  /** What a person sees meanwhile, and the report in every format, by its name. */
  readonly told: Readonly<Record<string, string>>
  /** What the vault holds afterwards. */
  readonly grant: StoredGrant | undefined
}

/** A whole live run of alice@example.com against servers that mean harm. */
export async function suffer(alterations: Alterations): Promise<Suffered> {
  await using open = new AsyncDisposableStack()
  const far = open.use(await openFarWorld(undefined, alterations))
  const directory = await makeTemporaryDirectory('oauth-imap-live')
  open.defer(() => removeTree(directory))
  const store = await openVault({ directory, key: new Uint8Array(32).fill(7) })
  const account = 'alice@example.com'
  const asking = { openBrowser: far.browser({ account }), patience: 8_000, hintAfter: 20_000, hint: () => {} }
  const plan = { account, store, asking, directory, from: 'vault' as const, again: false }
  const progress: string[] = []
  const { report } = await verifyLive(
    {
      ...{ farSide: far.farSide, client: far.client, accounts: [{ ...plan, writes: false, revokes: false }], lanes: 1 },
      ...{ selection: { only: [], steps: [] }, strict: false, includeMail: false },
      ...{ budget: { ...usualBudget, burst: 100, pause: 0 }, expectations: googleExpectations },
    },
    liveCatalogue,
    {
      progress: (_, part, told) => void progress.push(`${part} ${told}`),
      signal: new AbortController().signal,
      stopwatch: () => () => ({ startedAt: '2026-11-23T00:00:00.000Z', durationMs: 0 }),
      now: wallClock.now,
      random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    },
  )
  const written = writers.map(({ format, write }): [string, string] => [format, write(report)])
  return {
    report: { ...report, live: report.live! },
    told: { progress: progress.join('\n'), ...Object.fromEntries(written) },
    grant: await store.load(account),
  }
}

/** What a server answers to a line, octet by octet; undefined for what the usual one answers. */
export type Answering = (asked: { tag: string; command: string; line: string }) => string | undefined

const offers = 'IMAP4rev1 SASL-IR ID AUTH=XOAUTH2 AUTH=OAUTHBEARER'

function usual({ tag, command }: { tag: string; command: string }): string {
  if (command === 'CAPABILITY') return `* CAPABILITY ${offers}\r\n${tag} OK done\r\n`
  if (command === 'LIST') return `* LIST (\\All) "/" "All"\r\n* LIST () "/" INBOX\r\n${tag} OK done\r\n`
  if (command === 'EXAMINE') return `* 3 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n${tag} OK [READ-ONLY] done\r\n`
  return command === 'LOGOUT' ? `* BYE\r\n${tag} OK done\r\n` : `${tag} OK done\r\n`
}

/** A mail server made by hand: it lets everybody in, and says what it wants. */
export const mailServer =
  (answering: Answering): DoorAlteration =>
  async (_, { key, cert }) => {
    const sockets = new Set<TLSSocket>()
    const server: Server = createServer({ key, cert }, (socket) => {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.write('* OK ready\r\n')
      let heard = ''
      socket.on('data', (octets: Uint8Array) => {
        const lines = (heard += new TextDecoder('latin1').decode(octets)).split('\r\n')
        heard = lines.pop() ?? ''
        for (const line of lines) {
          const [tag = '', command = ''] = line.split(' ')
          const asked = { tag, command: command.toUpperCase(), line }
          socket.write(Uint8Array.from(answering(asked) ?? usual(asked), (octet) => octet.charCodeAt(0)))
        }
      })
    })
    server.on('tlsClientError', () => {})
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    return {
      port: typeof address === 'object' && address !== null ? address.port : 0,
      async [Symbol.asyncDispose]() {
        for (const socket of sockets) socket.destroy()
        await new Promise<void>((resolve) => server.close(() => resolve()))
      },
    }
  }
