import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
/** Of this run alone: whatever bears it is removed at the end. */
const name = `oauth-imap-test-${randomBytes(4).toString('hex')}`
const base = 'oauth-imap/base-local'
const env = { ...process.env, BASE: base, APP_IMAGE: base, IMAGE: name }

/** Ends within two minutes. @throws Error that tells what the program said, when it did not end well */
async function run(program: string, options: readonly string[], input = ''): Promise<string> {
  const child = spawn(program, options, { env, timeout: 120_000 })
  const [said, complaint, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve, reject) => child.on('error', reject).on('close', resolve)),
    child.stdin.on('error', () => {}).end(input),
  ])
  if (status !== 0) throw new Error(`${program} ${options.join(' ')}: status ${status}\n${said}\n${complaint}`)
  return said
}

/** Docker's plugin where it is, the program of its own otherwise. */
const compose = (options: readonly string[], input?: string): Promise<string> => {
  const plugin = spawnSync('docker', ['compose', 'version']).status === 0
  const [program, first] = plugin ? ['docker', ['compose']] : ['docker-compose', []]
  return run(program, [...first, '--project-name', name, '--file', at('compose.yaml'), ...options], input)
}

/** A program in a container of its own that has what compose.yaml gives to applications. */
const app = (command: readonly string[], input?: string): Promise<string> =>
  compose(['run', '--rm', '-T', 'app', ...command], input)
/** Reads what it has to do, secrets too, from its standard input. */
const curl = (lines: readonly string[]): Promise<string> =>
  app(['curl', '--silent', '--show-error', '--max-time', '20', '--config', '-'], lines.join('\n'))

/** Of the container of the mocks. */
let id = ''
const inspect = async (details: string): Promise<string> =>
  (await run('docker', ['inspect', '--format', details, id])).trim()

async function healthy(): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200)))
    if ((await inspect('{{.State.Health.Status}}')) === 'healthy') return
  throw new Error(`Not healthy after 30 s:\n${await compose(['logs', 'gmail'])}`)
}

/** What bears the name of this run, of one kind. */
const left = (kind: string): Promise<string> =>
  run('docker', [kind, 'ls', '--quiet', '--filter', kind === 'image' ? `reference=${name}` : `name=${name}`])

beforeAll(async () => {
  await run(at('.ci/base-image'), [])
  await compose(['up', '--detach', '--build', 'gmail'])
  id = (await compose(['ps', '--quiet', 'gmail'])).trim()
  await healthy()
}, 240_000)

afterAll(async () => {
  await compose(['down', '--volumes', '--timeout', '10'])
  await run('docker', ['image', 'rm', name])
  expect(await Promise.all(['container', 'network', 'volume', 'image'].map(left))).toEqual(['', '', '', ''])
}, 60_000)

test('the example application finds Google at its own address', async () => {
  expect(await app([])).toContain("issuer: 'https://accounts.google.com'")
})

/** What `serve` said when it was ready. */
async function ready() {
  const said = await compose(['logs', '--no-color', 'gmail'])
  return JSON.parse(/\{"ready":true.*$/m.exec(said)?.[0] ?? said)
}

/** Plays the person, from where the control interface is. */
const consent = (control: { readonly url: string; readonly token: string }, details: object): Promise<string> =>
  compose(
    ['exec', '-T', 'gmail', 'node', '--input-type=module', '-'],
    `const answer = await fetch('${control.url}/consent', {
      method: 'POST',
      headers: { authorization: 'Bearer ${control.token}', 'content-type': 'application/json' },
      body: ${JSON.stringify(JSON.stringify(details))},
    })
    console.log(await answer.text())`,
  )

test('curl, which is told of the authority alone, redeems a code at Google and opens the mailbox at Gmail', async () => {
  const { control, accounts } = await ready()
  const file = await app(['node', '--print', `fs.readFileSync('/oauth-imap/client_secret.json', 'utf8')`])
  const { client_id, client_secret } = JSON.parse(file).installed
  const verifier = randomBytes(32).toString('base64url')
  const redirect_uri = 'http://127.0.0.1:8080/'
  const request = new URLSearchParams({
    ...{ client_id, redirect_uri, response_type: 'code', scope: 'https://mail.google.com/', state: 'a state' },
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const url = `https://accounts.google.com/o/oauth2/v2/auth?${request}`
  const { location } = JSON.parse(await consent(control, { url, account: accounts[0], decision: 'grant' }))
  const code = new URL(location).searchParams.get('code')!

  const redemption = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri }
  const data = new URLSearchParams({ ...redemption, client_id, client_secret })
  const tokens = JSON.parse(await curl([`url = https://oauth2.googleapis.com/token`, `data = "${data}"`]))
  expect(tokens).toMatchObject({ token_type: 'Bearer', scope: 'https://mail.google.com/' })

  const login = [`user = "${accounts[0]}"`, `oauth2-bearer = "${tokens.access_token}"`]
  expect(await curl(['url = imaps://imap.gmail.com:993/', ...login])).toContain('* LIST (\\HasNoChildren) "/" "INBOX"')
  await expect(curl(['url = imaps://imap.gmail.com:993/', login[0]!, 'oauth2-bearer = "another"'])).rejects.toThrow(
    /status 67/,
  )
}, 60_000)

test('without the authority an application trusts none of it', async () => {
  const fetching = `fetch('https://accounts.google.com/').catch((error) => console.log(error.cause.code))`
  expect(await app(['env', '-u', 'NODE_EXTRA_CA_CERTS', 'node', '--eval', fetching])).toMatch(
    /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_/,
  )
})

test('it has one network, from which the engine lets nothing out', async () => {
  const network = `${name}_google`
  expect(Object.keys(JSON.parse(await inspect('{{json .NetworkSettings.Networks}}')))).toEqual([network])
  expect(await run('docker', ['network', 'inspect', '--format', '{{.Internal}}', network])).toBe('true\n')
})

test('it runs as nobody special, publishes no port, and ends well when it is told to', async () => {
  expect(await inspect('{{.Config.User}} {{json .HostConfig.PortBindings}}')).toMatch(/^node (?:\{\}|null)$/)
  await compose(['stop', '--timeout', '20', 'gmail'])
  expect(await inspect('{{.State.Status}} {{.State.ExitCode}}')).toBe('exited 0')
})
