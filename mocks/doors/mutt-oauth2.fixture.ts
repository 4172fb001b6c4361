import { readFile, stat, writeFile } from 'node:fs/promises'
import { type Ended, endOf } from './namespace.fixture.ts'
import { type NamespaceStand, openNamespaceStand } from './namespace-stand.fixture.ts'

/** As Debian's package mutt ships it. */
export const shippedScript = '/usr/share/doc/mutt/examples/mutt_oauth2.py'
const prompts = { registration: 'google', email: 'alice@example.test' }

type Flow = 'localhostauthcode' | 'authcode' | 'devicecode'

/** What mutt_oauth2.py stores; its file is encrypted by `gpg`, here by a program that hides nothing. */
interface Stored {
  readonly access_token: string
  readonly access_token_expiration: string
  readonly refresh_token: string
}

const storedBy = async (stand: NamespaceStand): Promise<Stored> =>
  JSON.parse(await readFile(stand.file('tokens'), 'utf8')) as Stored

/** Debian's script in the user's home, its two empty values filled in. */
export async function configuredScript(stand: NamespaceStand): Promise<string> {
  const text = await readFile(shippedScript, 'utf8')
  const { client_id: id, client_secret: secret } = stand.client
  // "Those values must be edited into the script" (its README); Google's registration is the first.
  const own = text.replace("'client_id': ''", `'client_id': '${id}'`)
  const whole = own.replace("'client_secret': ''", `'client_secret': '${secret}'`)
  await writeFile(stand.file('mutt_oauth2.py'), whole, { mode: 0o600 })
  return stand.file('mutt_oauth2.py')
}

/** Authorizes; the user opens the first address that it prints, and consents. */
export async function authorize(stand: NamespaceStand, script: string, flow: Flow): Promise<Ended> {
  const args = [script, '--verbose', '--authorize', stand.file('tokens')]
  const program = stand.start('/usr/bin/python3', args)
  program.stdin.end(`${prompts.registration}\n${flow}\n${prompts.email}\n`)
  const opened: Promise<void>[] = []
  let said = ''
  program.stdout.on('data', (octets: Buffer) => {
    said += octets.toString()
    const [address] = /https:\/\/accounts\.google\.com\/\S+(?=\s)/.exec(said) ?? []
    if (address !== undefined && opened.length === 0) opened.push(stand.browser.open(address))
  })
  const ended = await endOf(program)
  await Promise.all(opened)
  return ended
}

/** What was seen of a whole life, told so that one run can be compared with another. */
export async function playMuttOauth2() {
  await using stand = await openNamespaceStand()
  const script = await configuredScript(stand)
  const python = (...args: readonly string[]): Promise<Ended> =>
    stand.run('/usr/bin/python3', [script, '--verbose', ...args, stand.file('tokens')])

  const authorized = await authorize(stand, script, 'localhostauthcode')
  const first = await storedBy(stand)
  const { mode } = await stat(stand.file('tokens'))
  const again = await python()

  // An hour later, on the world's clock and in what the program believes.
  stand.clock.set(stand.clock.now() + 3_600_000)
  await writeFile(stand.file('tokens'), JSON.stringify({ ...first, access_token_expiration: '2026-01-01T00:00:00' }))
  const refreshed = await python()
  const second = await storedBy(stand)
  const tested = await python('--test')

  return {
    authorized: {
      code: authorized.code,
      stderr: stand.secrets.mask(authorized.stderr),
      token: lastLine(authorized) === tokenLine(first),
    },
    mode: (mode & 0o777).toString(8),
    again: { code: again.code, token: lastLine(again) === tokenLine(first) },
    refreshed: {
      code: refreshed.code,
      notice: refreshed.stdout.toString().split('\n')[0],
      token: lastLine(refreshed) === tokenLine(second) && second.access_token !== first.access_token,
      sameRefreshToken: second.refresh_token === first.refresh_token,
    },
    tested: { code: tested.code, said: lastLine(tested), stderr: tested.stderr.trimEnd().split('\n').at(-1) },
    requests: stand.requests(),
    callbacks: stand.seen('ua.callback.sent').map(({ fields: { to, status } }) => ({ to, status })),
    logins: stand.seen('imap.auth').map(({ fields: { mechanism, user, result } }) => ({ mechanism, user, result })),
    tls: [...new Set(stand.seen('tls.done').map(({ fields: { sni } }) => sni))],
    refusedNames: stand.refusedNames(),
  }
}

const lastLine = ({ stdout }: Ended): string | undefined => stdout.toString().trimEnd().split('\n').at(-1)
const tokenLine = ({ access_token: token }: Stored): string => `Access Token: ${token}`
