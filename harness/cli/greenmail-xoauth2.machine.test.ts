import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openGreenMail } from '../../mocks/mailbox-servers/greenmail.ts'
import type { MailboxServer } from '../../mocks/mailbox-servers/mailbox-server.ts'
import { ProbingSocket } from '../../mocks/mailbox-servers/probing-socket.fixture.ts'
import { recordProbes } from '../../mocks/gmail/rules/probe-rules.ts'
import { ruleProbes } from '../../mocks/gmail/rules/rule-probes.ts'
import { rsRules } from '../../suites/catalogue/mocks.ts'
import { createClock } from '../clock.ts'
import { openJournal } from '../journal.ts'
import { all } from '../model/observation.ts'
import { createRandom } from '../random.ts'
import { isAbandoned, ownerName } from '../runtime/owner.ts'
import { openSecrets } from '../secrets.ts'

/** GreenMail's own XOAUTH2, without Gmail's front before it: the reason why there is one. */
let server: MailboxServer
const sessions: ProbingSocket[] = []

beforeAll(async () => {
  server = await openGreenMail({ owner: { name: ownerName(), isAbandoned }, tell: () => {} })
})
afterEach(() => {
  for (const session of sessions.splice(0)) session.end()
})
afterAll(() => server?.[Symbol.asyncDispose]())

async function connect(): Promise<ProbingSocket> {
  const session = await ProbingSocket.connect(server.host, server.port)
  sessions.push(session)
  return session
}

const xoauth2 = (user: string, token: string): string => btoa(`user=${user}\x01auth=Bearer ${token}\x01\x01`)

/** An account with six messages, and the folder that the stories move one to. */
async function newGround() {
  const { user, password } = await server.openAccount()
  const login = async (): Promise<ProbingSocket> => {
    const session = await connect()
    expect((await session.say(`LOGIN ${user} ${password}`)).tagged).toBe('OK')
    return session
  }
  const filler = await login()
  for (let count = 1; count <= 6; count++) await filler.say('APPEND INBOX {14}', 'Subject: xyz\r\n')
  await filler.say('CREATE "[Gmail]/Trash"')
  return {
    user,
    password,
    connect,
    message: xoauth2(user, password),
    async select() {
      const session = await login()
      await session.say('SELECT INBOX')
      return session
    },
  }
}

test('of the rules of mock/rs-rules it breaks those of the login, and keeps those of a mailbox', async () => {
  const clock = createClock(Date.UTC(2026, 0, 14, 9))
  const secrets = openSecrets(createRandom(1))
  const recorder = openJournal({ scenario: 'rs-rules', door: 'tls', seed: 1 }, clock.elapsed)
  const grounds = await Promise.all(ruleProbes.map(newGround))
  for (const { password } of grounds) secrets.learn('password', password)
  await recordProbes({ journal: recorder, secrets }, grounds)
  const journal = recorder.seal()
  const probes = all(journal, 'rs.probe')
  const broken = ruleProbes
    .map(({ rule }) => rule)
    // Its port is in the clear: what it would do inside TLS is not asked here.
    .filter((rule) => rule !== 'starttls-refused-inside-tls')
    .filter((rule) => {
      const own = probes.filter(({ fields }) => fields.rule === rule)
      expect(own).toHaveLength(2)
      return rsRules.judge(own, journal).finding === 'violated'
    })
  expect(broken).toEqual(['initial-response-optional', 'base64-strict'])
})

test('base64 that is none is not answered: it hangs up', async () => {
  const session = await connect()
  expect(await session.say('AUTHENTICATE XOAUTH2 dXNlcj1h!')).toEqual({ tagged: null, untagged: [] })
})

test('a wrong token meets no challenge, so that a client never learns why', async () => {
  const { user, password } = await server.openAccount()
  const session = await connect()
  // Where there is a challenge, the empty line behind it is the answer to it.
  const refused = await session.say(`AUTHENTICATE XOAUTH2 ${xoauth2(user, `${password}x`)}`, '')
  expect(refused).toEqual({ tagged: 'NO', untagged: [] })
  expect((await session.say('NOOP')).untagged).toEqual([])
})

test('its token is the password of the account, which LOGIN takes as well; there is no OAUTHBEARER', async () => {
  const { user, password } = await server.openAccount()
  const [one, other] = [await connect(), await connect()]
  expect((await one.say(`AUTHENTICATE XOAUTH2 ${xoauth2(user, password)}`)).tagged).toBe('OK')
  expect((await other.say(`LOGIN ${user} ${password}`)).tagged).toBe('OK')
  const { untagged } = await one.say('CAPABILITY')
  expect(untagged.join()).toMatch(/ AUTH=XOAUTH2 /)
  expect(untagged.join()).not.toContain('OAUTHBEARER')
})
