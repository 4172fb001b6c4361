import { expect, test } from 'vitest'
import { checkProjects } from '../check-projects.ts'
import { readFleet } from '../gate/fleet/read-fleet.ts'
import type { Report } from '../model/report.ts'
import { createRandom } from '../random.ts'
import { catalogue } from './catalogue.ts'

/** A fleet of three hundred: one configuration in ten is bad in one way, and exactly these are found. */

const random = createRandom(7)
const lower = 'abcdefghijklmnopqrstuvwxyz0123456789'

interface Row {
  name: string
  kind: 'installed' | 'web'
  client: Record<string, unknown>
  settings: Record<string, unknown>
}

function goodRow(number: number): Row {
  const kind = number % 2 === 0 ? 'web' : 'installed'
  const redirect = kind === 'web' ? `https://mail-${number}.example.com/oauth/callback` : 'http://127.0.0.1'
  const project = String(100_000_000_000 + number)
  return {
    name: `application-${number}`,
    kind,
    client: {
      client_id: `${project}-${random.text(32, lower)}.apps.googleusercontent.com`,
      project_id: `project-${number}`,
      auth_uri: 'https://accounts.google.com/o/oauth2/auth',
      token_uri: 'https://oauth2.googleapis.com/token',
      auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
      client_secret: `GOC${'SPX-'}${random.text(28, `${lower}ABCDEFGHIJKLMNOPQRSTUVWXYZ_-`)}`,
      redirect_uris: [kind === 'web' ? redirect : 'http://localhost'],
    },
    settings: {
      runtime: kind === 'web' ? 'server' : 'desktop',
      scopes: ['https://mail.google.com/', 'openid', 'email'],
      redirectUri: redirect,
      accessType: 'offline',
      'imap.host': 'imap.gmail.com',
      'imap.port': 993,
      'imap.tls': 'implicit',
    },
  }
}

/** Each breaks a row in one way, which one rule is there to tell. */
const flaws: readonly (readonly [rule: string, spoil: (row: Row) => void])[] = [
  ['consent/scope-mail', ({ settings }) => (settings['scopes'] = ['https://mail.google.com', 'openid', 'email'])],
  ['consent/scope-minimal', ({ settings }) => (settings['scopes'] = [...(settings['scopes'] as string[]), drive])],
  ['cred/json-shape', ({ client }) => delete client['token_uri']],
  ['cred/client-id-format', ({ client }) => (client['client_id'] = 'YOUR_CLIENT_ID')],
  ['cred/type-matches-runtime', (row) => (row.settings['runtime'] = row.kind === 'web' ? 'desktop' : 'server')],
  ['cfg/endpoints-google', ({ client }) => (client['token_uri'] = 'https://oauth2.googleapis.com.evil.test/token')],
  ['tls/implicit-993', ({ settings }) => (settings['imap.port'] = 143)],
  ['cred/no-oob', ({ settings }) => (settings['redirectUri'] = 'urn:ietf:wg:oauth:2.0:oob')],
]
const drive = 'https://www.googleapis.com/auth/drive'

const checked = (rows: readonly Row[]): Promise<Report> => {
  const lines = rows.map(({ name, kind, client, settings }) =>
    JSON.stringify({ name, profile: 'main', client: { [kind]: client }, settings }),
  )
  return checkProjects(
    {
      projects: readFleet(lines.join('\n'), '-'),
      selection: { only: [], steps: [] },
      strict: true,
      now: Date.UTC(2026, 0, 14, 9),
      path: (_, file) => file,
    },
    catalogue,
    { stopwatch: () => () => ({ startedAt: '2026-01-14T09:00:00.000Z', durationMs: 0 }) },
  )
}

test('of three hundred configurations with one bad in ten all are found, and no other', async () => {
  const rows = Array.from({ length: 300 }, (_, number) => goodRow(number))
  const expected = Array.from({ length: 30 }, (_, index) => {
    const row = rows[index * 10 + (index % 10)]!
    const [rule, spoil] = flaws[index % flaws.length]!
    spoil(row)
    return `${row.name} ${rule}`
  })
  const { findings } = await checked(rows)
  const found = findings
    .filter(({ level }) => level !== 'MAY')
    .map(({ configuration, rule }) => `${configuration} ${rule}`)
  expect([...new Set(found)].toSorted()).toEqual(expected.toSorted())
})

test('two applications with one client between them are found, each with the other’s name', async () => {
  const rows = Array.from({ length: 20 }, (_, number) => goodRow(number))
  rows[13]!.client['client_id'] = rows[4]!.client['client_id']
  rows[13]!.settings['redirectUri'] = 'http://127.0.0.1'
  rows[9]!.client['client_secret'] = rows[2]!.client['client_secret']
  const { findings } = await checked(rows)
  const shared = findings.filter(({ rule }) => rule === 'proj/client-not-shared')
  expect(shared.map(({ configuration }) => configuration).toSorted()).toEqual([
    ...['application-13', 'application-2', 'application-4', 'application-9'],
  ])
  expect(shared.find(({ configuration }) => configuration === 'application-13')?.message).toContain('application-4')
})
