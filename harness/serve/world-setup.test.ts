import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { makeTemporaryDirectory, readText, removeTree } from '../runtime/files.ts'
import { fileURLToPath, join } from '../runtime/path.ts'
import { clientFileName, clientFileOf } from './client-file.ts'
import { keyFileOf } from './service-accounts.ts'
import { readSetup } from './world-setup.ts'

const worlds = fileURLToPath(new URL('../../fixtures/worlds', import.meta.url))
const now = Date.UTC(2026, 10, 23, 9)
const text = (octets: Uint8Array | undefined): string => new TextDecoder().decode(octets)

let directory: string
beforeAll(async () => void (directory = await makeTemporaryDirectory('world-setup')))
afterAll(() => removeTree(directory))

const setupOf = async (content: string | Uint8Array) => {
  const file = join(directory, `${crypto.randomUUID()}.yaml`)
  await writeFile(file, content)
  return readSetup(file, createRandom(1), now)
}

describe('without a file', () => {
  test('there is a desktop client, and two accounts with mail', async () => {
    const { clients, accounts, mailboxes, serviceAccounts } = await readSetup(undefined, createRandom(1), now)
    expect(clients).toEqual([
      expect.objectContaining({
        kind: 'installed',
        type: 'desktop',
        client_id: expect.stringMatching(/^\d{12}-[a-z0-9]{32}\.apps\.googleusercontent\.com$/),
        client_secret: expect.stringMatching(/^GOCSPX-[\w-]{28}$/),
        redirect_uris: ['http://localhost'],
      }),
    ])
    expect(clients[0]!.client_id.startsWith(`${clients[0]!.project.id}-`)).toBe(true)
    expect(accounts.map(({ address, sub }) => [address, sub.length])).toEqual([
      ['alice@example.com', 21],
      ['bob@example.com', 21],
    ])
    for (const { address } of accounts) expect(mailboxes[address]!.length).toBeGreaterThan(5)
    expect(serviceAccounts).toEqual([])
  })

  test('every start makes up other credentials, the same from one seed', async () => {
    const secretOf = async (seed: number) => {
      const [client] = (await readSetup(undefined, createRandom(seed), now)).clients
      return [client!.client_id, client!.client_secret].join()
    }
    expect(await secretOf(1)).toBe(await secretOf(1))
    expect(await secretOf(1)).not.toBe(await secretOf(2))
  })
})

test('the example says what it says', async () => {
  const setup = await readSetup(join(worlds, 'example.yaml'), createRandom(1), now)
  const [desktop, web, android] = setup.clients
  expect(desktop).toMatchObject({
    type: 'desktop',
    project: { name: 'Example Mail', publishingStatus: 'testing', verified: false, testUsers: ['alice@example.com'] },
  })
  expect(web).toMatchObject({
    kind: 'web',
    client_id: '123456789012-examplewebclient.apps.googleusercontent.com',
    client_secret: 'GOCSPX-EXAMPLE-not-a-secret-web',
    project: { id: '123456789012', userType: 'internal', organisation: 'example.com' },
  })
  expect(android).toMatchObject({ kind: 'installed', client_secret: '', customScheme: true })
  // Consents belong to a project, which its clients share.
  expect(android!.project).toBe(desktop!.project)
  expect(setup.accounts).toEqual([
    expect.objectContaining({ address: 'alice@example.com', name: 'Alice Example' }),
    {
      address: 'member@example.com',
      name: 'member',
      sub: '100000000000000000003',
      organisation: 'example.com',
      policy: 'trusted',
    },
  ])
  const alice = setup.mailboxes['alice@example.com']!
  expect(alice.slice(-2)).toEqual([
    {
      bytes: expect.any(Uint8Array),
      labels: ['\\Inbox', 'Newsletters'],
      flags: [],
      internalDate: Date.UTC(2026, 0, 14, 7, 30),
    },
    { bytes: expect.any(Uint8Array), labels: ['\\Inbox', 'Newsletters'], flags: ['\\Flagged'], internalDate: now },
  ])
  expect(text(alice.at(-2)?.bytes)).toBe(await readText(join(worlds, 'mail/newsletter.eml')))
  expect(text(alice.at(-1)?.bytes)).toBe(
    'From: bob@example.com\r\nTo: alice@example.com\r\nSubject: Lunch\r\n\r\nToday at noon?\r\n',
  )
  expect(setup.mailboxes['member@example.com']).toEqual([])
  expect(setup.google).toEqual({ refreshTokenRotation: true, tokenQuota: 1000 })
  expect(setup.gmail).toMatchObject({ capabilitiesAfterLogin: 'code' })
  expect(setup.mail).toMatchObject({
    settings: { language: 'de', hidden: ['important'] },
    switches: { moveUids: 'untagged' },
  })
  const [robot] = setup.serviceAccounts
  expect(robot).toMatchObject({
    email: 'mailer@example-mail.iam.gserviceaccount.com',
    project: web!.project,
    delegations: [{ clientId: robot!.clientId, organisation: 'example.com', scopes: ['https://mail.google.com/'] }],
  })
})

describe('files for clients', () => {
  test('are in the form of Google’s downloads', async () => {
    const { clients, serviceAccounts } = await readSetup(join(worlds, 'example.yaml'), createRandom(1), now)
    const sample = JSON.parse(
      await readText(join(worlds, '../clients/example/client_secret.development.json')),
    ) as Record<'installed', object>
    const key = JSON.parse(await readText(join(worlds, '../keys/test-only-service-account.json'))) as object
    const [desktop, web, android] = clients.map((client) => clientFileOf(client) as Record<string, object>)
    expect(Object.keys(desktop!['installed']!)).toEqual(Object.keys(sample.installed))
    expect(web).toMatchObject({ web: { redirect_uris: ['https://app.example.com/oauth/callback'] } })
    expect(android!['installed']).not.toHaveProperty('client_secret')
    expect(clientFileName(clients[1]!)).toBe(`client_secret_${clients[1]!.client_id}.json`)
    expect(Object.keys(keyFileOf(serviceAccounts[0]!))).toEqual(Object.keys(key))
  })

  test('a private key belongs to the public one that Google knows', async () => {
    const [robot] = (await setupOf('serviceAccounts: [{email: a@example.com}]')).serviceAccounts
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    const der = Uint8Array.from(atob(robot!.privateKey.replaceAll(/-----.*-----|\n/g, '')), (one) => one.charCodeAt(0))
    const secret = await crypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign'])
    const { n, e } = await crypto.subtle.exportKey('jwk', secret)
    expect(robot!.keys).toEqual([{ id: expect.stringMatching(/^[0-9a-f]{40}$/), n, e }])
  })
})

test('projects that nobody described are one', async () => {
  const { clients } = await setupOf('projects: {}\nclients: [{type: desktop}, {type: tv}]')
  expect(clients[0]!.project).toBe(clients[1]!.project)
  expect(clients[0]!.project).toMatchObject({ name: 'Example Mail', publishingStatus: 'production' })
})

test('an account keeps its number from one start to the next', async () => {
  const subOf = async (address: string) => (await setupOf(`accounts: [{address: ${address}}]`)).accounts[0]!.sub
  expect(await subOf('carol@example.com')).toMatch(/^1\d{20}$/)
  expect(await subOf('carol@example.com')).toBe(await subOf('Carol@example.com'))
  expect(await subOf('carol@example.com')).not.toBe(await subOf('dave@example.com'))
})

test('octets of a message stay as they are', async () => {
  const octets = Uint8Array.of(0x46, 0x3a, 0x0a, 0xff, 0x00)
  await writeFile(join(directory, 'odd.eml'), octets)
  const setup = await setupOf('accounts: [{address: a@example.com, messages: [{file: odd.eml}]}]')
  expect(setup.mailboxes['a@example.com']![0]).toMatchObject({ bytes: octets, labels: ['\\Inbox'], internalDate: now })
})

describe('what is well formed and cannot be used is told with its place', () => {
  const id = '1-a.apps.googleusercontent.com'
  test.each([
    [
      'clients: [{type: desktop, project: nope}]',
      '(line 1, column 36): there is no such project.',
      'Describe it under',
    ],
    [
      'projects: {mail: {}, web: {}}\nclients: [{type: desktop, project: mial}]',
      '(line 2, column 36): there is no such project.',
      'Did you mean mail?',
    ],
    [
      `projects: {mail: {number: "2"}}\nclients: [{type: desktop, id: ${id}}]`,
      '(line 2, column 31): a client ID begins with its project’s number.',
      'the same number',
    ],
    ['clients: [{type: web}]', '(line 1, column 11): a web client has redirectUris.', 'Name those'],
    [
      'clients: [{type: ios, secret: GOCSPX-not-a-secret}]',
      '(line 1, column 11): a client of the type ios has no secret.',
      'Leave',
    ],
    [
      `clients: [{type: desktop, id: ${id}}, {type: tv, id: ${id}}]`,
      '(line 1, column 79): another client has this ID.',
      'its own',
    ],
    [
      'accounts: [{address: a@example.com}, {address: A@example.com}]',
      '(line 1, column 48): another account has this address.',
      'its own',
    ],
    [
      'accounts: [{address: a@example.com, messages: [{labels: []}]}]',
      '(line 1, column 48): a message has either file or text.',
      'one of them',
    ],
    [
      'accounts: [{address: a@example.com, messages: [{file: no.eml}]}]',
      '(line 1, column 55): there is no such file.',
      'begins at the folder',
    ],
    [
      'accounts: [{address: a@example.com, messages: [{file: .}]}]',
      '(line 1, column 55): it cannot be read (EISDIR).',
      'begins at the folder',
    ],
    [
      'accounts: [{address: a@example.com, messages: [{file: /dev/zero}]}]',
      '(line 1, column 55): the message has more than 36700160 octets.',
      'Gmail',
    ],
    ['clients: []', '(line 1, column 10): there is no client.', 'Leave `clients` out'],
    ['accounts: []', '(line 1, column 11): there is no account.', 'Leave `accounts` out'],
  ])('%s', async (content, flaw, hint) => {
    await expect(setupOf(content)).rejects.toMatchObject({
      code: 'SETTINGS_INVALID',
      message: expect.stringMatching(/\.yaml \(line/),
      hint: expect.stringContaining(hint),
    })
    await expect(setupOf(content)).rejects.toThrow(flaw)
  })

  test.each([
    ['is not there', 'nothing.yaml', 'does not exist.'],
    ['is a folder', '.', 'cannot be read (EISDIR).'],
    ['never ends', '/dev/zero', 'has more than 800000 octets.'],
  ])('a file that %s', async (_, name, flaw) => {
    const file = name.startsWith('/') ? name : join(directory, name)
    await expect(readSetup(file, createRandom(1), now)).rejects.toMatchObject({
      code: 'SETTINGS_INVALID',
      message: `${file} ${flaw}`,
    })
  })

  test('a file that is no text', async () => {
    await expect(setupOf(Uint8Array.of(0x61, 0xff))).rejects.toThrow('is no text in UTF-8.')
  })
})
