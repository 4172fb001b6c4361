import process from 'node:process'
import { playMuttOauth2 } from './mutt-oauth2.fixture.ts'
import { openNamespaceStand } from './namespace-stand.fixture.ts'

/** curl at our Google, at our Gmail, and at hosts that are neither. */
async function playCurl() {
  await using stand = await openNamespaceStand()
  const discovery = 'https://accounts.google.com/.well-known/openid-configuration'
  const served = await stand.run('/usr/bin/curl', ['-sS', discovery])
  const mail = await stand.run('/usr/bin/curl', ['-sS', 'imaps://imap.gmail.com/', '--request', 'NOOP'])
  const elsewhere: unknown[] = []
  for (const url of [
    'https://www.example.com/',
    'https://192.0.2.7/',
    'https://[2001:db8::7]/',
    'imap://imap.gmail.com/',
  ]) {
    const { code, stdout } = await stand.run('/usr/bin/curl', ['-gsSm5', url])
    elsewhere.push([url, code, stdout.length])
  }
  return {
    user: process.getuid?.(),
    issuer: (JSON.parse(served.stdout.toString()) as { readonly issuer: string }).issuer,
    mail: { code: mail.code, commands: stand.seen('imap.cmd').map(({ fields: { verb } }) => verb) },
    elsewhere,
    requests: stand.requests(),
    tls: stand.seen('tls.done').map(({ fields: { server, sni } }) => `${server} ${sni}`),
    refusedNames: stand.refusedNames(),
    unrouted: stand.seen('ip.refused').map(({ fields: { attempts } }) => attempts),
  }
}

/** As a program: plays one journey, tells on its output what was seen, and is whoever started it. */
const journeys = { curl: playCurl, 'mutt_oauth2.py': playMuttOauth2 }

const journey = journeys[process.argv[2] as keyof typeof journeys]
process.stdout.write(JSON.stringify(await journey()))
