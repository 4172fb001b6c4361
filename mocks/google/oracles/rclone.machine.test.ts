import { readFile, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { alice, desktop } from '../google.fixture.ts'
import { type Stand, identityClaims, openStand } from './stand.fixture.ts'
import { type Ended, programs, runProgram } from './program.fixture.ts'

const { email: _, email_verified: __, ...profile } = identityClaims

/** Runs rclone with a configuration of its own. It looks for a browser in PATH, finds none and shows a link instead. */
async function rclone(stand: Stand, ...command: readonly string[]): Promise<Ended> {
  const opened: Promise<void>[] = []
  const args = [...command, '--config', stand.file('rclone.conf'), '--ca-cert', stand.file('ca.pem')]
  const env = { ...stand.env, PATH: stand.file('no-programs') }
  const ended = await runProgram(programs.rclone, args, env, (line) => {
    const [link] = /http:\/\/127\.0\.0\.1:\d+\/auth\?\S+/.exec(line) ?? []
    if (link !== undefined) opened.push(follow(stand, link))
  })
  await Promise.all(opened)
  return ended
}

/** The link leads to rclone itself, which sends the browser on to Google. */
async function follow(stand: Stand, link: string): Promise<void> {
  const { headers } = await fetch(link, { redirect: 'manual' })
  await stand.browser.open(headers.get('location') ?? '')
}

const signIn = (stand: Stand, secret = desktop.client_secret): Promise<Ended> =>
  rclone(
    stand,
    ...['config', 'create', 'mine', 'drive'],
    ...[`client_id=${desktop.client_id}`, `client_secret=${secret}`, 'scope=drive,userinfo.profile'],
  )

interface Stored {
  readonly access_token: string
  readonly token_type: string
  readonly refresh_token: string
  readonly expiry: string
}

async function storedToken(stand: Stand): Promise<Stored> {
  const configuration = await readFile(stand.file('rclone.conf'), 'utf8')
  return JSON.parse(/^token = (.*)$/m.exec(configuration)![1]!) as Stored
}

/** Changes the configuration by hand. Of rclone's two Google backends, that of photos reads the discovery document. */
async function reconfigure(stand: Stand, expiry: string): Promise<void> {
  const configuration = await readFile(stand.file('rclone.conf'), 'utf8')
  const { expiry: before } = await storedToken(stand)
  await writeFile(
    stand.file('rclone.conf'),
    configuration.replace('type = drive', 'type = google photos').replace(before, expiry),
  )
}

const hoursFrom = (text: string): number => (Date.parse(text) - Date.now()) / 3_600_000
const longAgo = '2020-01-01T00:00:00Z'

test('rclone signs in, stores the token, and refreshes it when it has expired', async () => {
  await using stand = await openStand()
  const { output, code } = await signIn(stand)
  expect(output).toContain('NOTICE: Got code')
  expect(code).toBe(0)
  const first = await storedToken(stand)
  expect(first).toMatchObject({ token_type: 'Bearer', access_token: expect.stringMatching(/^ya29\./) })
  expect(first.refresh_token).toMatch(/^1\/\//)
  expect(hoursFrom(first.expiry)).toBeCloseTo(1, 1)

  await reconfigure(stand, longAgo)
  const asked = await rclone(stand, 'config', 'userinfo', 'mine:', '--json')
  expect(JSON.parse(asked.output)).toEqual(profile)
  const second = await storedToken(stand)
  expect(second.refresh_token).toBe(first.refresh_token)
  expect(second.access_token).not.toBe(first.access_token)
  expect(hoursFrom(second.expiry)).toBeCloseTo(1, 1)
  expect(stand.requests()).toEqual([
    'POST token-endpoint 200',
    'GET discovery 200',
    'POST token-endpoint 200',
    'GET userinfo 200',
  ])
})

test('rclone tells its user that the grant is gone, in Google’s words', async () => {
  await using stand = await openStand()
  await signIn(stand)
  await reconfigure(stand, longAgo)
  stand.google.removeAccess(alice.address)
  const { output, code } = await rclone(stand, 'config', 'userinfo', 'mine:')
  expect(code).toBe(1)
  expect(output).toContain('oauth2: cannot fetch token: 400 Bad Request')
  expect(output).toContain('"error": "invalid_grant"')
  expect(output).toContain('"error_description": "Token has been expired or revoked."')
  expect(output).toContain(
    `couldn't fetch token - maybe it has expired? - refresh with "rclone config reconnect mine:"`,
  )
  // It tries five times, although RFC 6749 §5.2 gives it no hope.
  expect(stand.requests().slice(2)).toEqual(Array.from({ length: 5 }, () => 'POST token-endpoint 400'))
})

test('rclone revokes with a multipart body, and tells its user what came of it', async () => {
  await using stand = await openStand()
  await signIn(stand)
  await reconfigure(stand, (await storedToken(stand)).expiry)
  const { output, code } = await rclone(stand, 'config', 'disconnect', 'mine:')
  const sent = stand.seen('http.request').find(({ stream }) => stream === 'revocation-endpoint')!
  expect(sent.fields.contentType).toMatch(/^multipart\/form-data; boundary=/)
  // RFC 7009 §2.1 knows one form of body; what Google makes of this one is not established.
  expect(code).toBe(1)
  expect(output).toContain("couldn't revoke token: {")
  expect(output).toContain('"error_description": "Missing required parameter: token"')
})

test('rclone tells its user that the client’s secret is wrong', async () => {
  await using stand = await openStand()
  const { output, code } = await signIn(stand, '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t')
  expect(code).toBe(1)
  expect(output).toContain('oauth2: cannot fetch token: 401 Unauthorized')
  expect(output).toContain('"error_description": "The provided client secret is invalid."')
  expect(output).toContain('"error": "invalid_client"')
})

test('rclone tells its user that access was denied', async () => {
  await using stand = await openStand()
  stand.browser.script({ decision: 'deny' })
  const { output, code } = await signIn(stand)
  expect(code).toBe(1)
  expect(output).toContain('Description: No code returned by remote server')
  expect(stand.requests()).toEqual([])
})
