import { type Address, type FarSide, google } from '../../live/far-side.ts'
import { Fault } from '../../model/fault.ts'
import { readAtMost } from '../../runtime/bounded-file.ts'
import { errorCode } from '../../runtime/error-code.ts'
import type { Invocation } from '../command.ts'
import { textOption } from '../options.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Octets of a file of authorities; the system’s own have some 200,000. */
const mostOctets = 2_000_000

/**
 * Where a live run goes: Google and Gmail, or what --issuer and --imap name, and through which proxies.
 *
 * @throws Fault `USAGE`, and `SETTINGS_INVALID` for a file of authorities that is none
 */
export async function farSideOf(options: Invocation['options'], environment: Environment): Promise<FarSide> {
  const ca = textOption(options, 'ca')
  const asked = whereTo(options)
  const proxy = proxyFor(
    new URL(asked.issuer).hostname,
    environment['https_proxy'] ?? environment['HTTPS_PROXY'],
    environment,
  )
  const imapProxy = proxyFor(asked.imap.host, environment['all_proxy'] ?? environment['ALL_PROXY'], environment)
  return {
    ...asked,
    ...(ca === undefined ? {} : { authorities: await authoritiesIn(ca) }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(imapProxy === undefined ? {} : { imapProxy }),
  }
}

function whereTo(options: Invocation['options']): Pick<FarSide, 'issuer' | 'imap' | 'scope' | 'mailScope'> {
  const issuer = textOption(options, 'issuer')
  const imap = textOption(options, 'imap')
  const scope = textOption(options, 'scope')
  if (issuer === undefined && imap === undefined && scope === undefined) return google
  if (issuer === undefined || imap === undefined)
    throw new Fault(
      'USAGE',
      'Another service has both an issuer and a mail server.',
      'Give --issuer URL and --imap HOST:PORT, or neither of them for Google.',
    )
  return {
    issuer: issuerOf(issuer),
    imap: addressOf(imap),
    scope: scope ?? 'openid email offline_access',
    mailScope: null,
  }
}

/** As it is: a slash at its end is part of its name, which its metadata must have too (RFC 8414 §3.3). */
function issuerOf(text: string): string {
  const url = URL.parse(text)
  const isHere = url !== null && /^(?:127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname)
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isHere)) || url.search !== '')
    throw new Fault('USAGE', `--issuer takes an https URL without a query, not ${JSON.stringify(text)}.`, 'Correct it.')
  return text
}

function addressOf(text: string): Address {
  const [, host = '', port = ''] = /^\[?([^\s/@[\]]+?)\]?:(\d{1,5})$/.exec(text) ?? []
  if (host === '' || Number(port) < 1 || Number(port) > 65_535)
    throw new Fault('USAGE', `--imap takes HOST:PORT, not ${JSON.stringify(text)}.`, 'Such as imap.example.com:993.')
  return { host, port: Number(port) }
}

/** Names in NO_PROXY count for all their subdomains, with or without the dot before; `*` for everything. */
function proxyFor(host: string, proxy: string | undefined, environment: Environment): string | undefined {
  if (proxy === undefined || proxy === '') return undefined
  const direct = (environment['no_proxy'] ?? environment['NO_PROXY'] ?? '').split(',').map((name) => name.trim())
  const isDirect = direct.some(
    (name) => name === '*' || (name !== '' && `.${host}`.endsWith(`.${name.replace(/^\*?\./, '')}`)),
  )
  if (isDirect) return undefined
  const url = URL.parse(proxy.includes('://') ? proxy : `http://${proxy}`)
  if (url !== null && /^https?:$/.test(url.protocol)) return url.href
  // What stands there may hold a password.
  throw new Fault('USAGE', 'The proxy in the environment is no http URL.', 'Such as http://proxy.example:3128.')
}

async function authoritiesIn(file: string): Promise<string> {
  const hint = 'Name a file of certificates in PEM.'
  const octets = await readAtMost(file, mostOctets).catch((cause: unknown) => {
    const reason = errorCode(cause) === 'ENOENT' ? 'does not exist' : `cannot be read (${errorCode(cause)})`
    throw new Fault('SETTINGS_INVALID', `${file} ${reason}.`, hint, { cause })
  })
  const text = octets === undefined ? '' : new TextDecoder().decode(octets)
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  throw new Fault('SETTINGS_INVALID', `${file} holds no certificate.`, hint)
}
