import { expect, test } from 'vitest'
import { google } from '../far-side.ts'
import { redirectOf } from './redirect.ts'

const elsewhere = 'https://issuer.example.com'
const client = (kind: 'installed' | 'web', ...redirect_uris: readonly string[]) => ({
  ...{ kind, client_id: 'one', client_secret: '', redirect_uris },
})
const any = { registered: 'http://127.0.0.1/', anyPort: true }

test.each([
  [google.issuer, ['http://localhost'], any],
  [google.issuer, ['http://127.0.0.1:8400/callback'], any],
  [elsewhere, [], any],
  [elsewhere, ['com.example.app:/callback', 'https://127.0.0.1/'], any],
  [elsewhere, ['http://127.0.0.1'], { registered: 'http://127.0.0.1', anyPort: true }],
  [elsewhere, ['http://localhost/callback'], { registered: 'http://localhost/callback', anyPort: true }],
  [elsewhere, ['http://127.0.0.1:8400/callback'], { registered: 'http://127.0.0.1:8400/callback', anyPort: false }],
  [elsewhere, ['http://127.0.0.1:80/callback'], { registered: 'http://127.0.0.1:80/callback', anyPort: false }],
])('a native client of %s that registered %j', (issuer, redirects, redirect) => {
  expect(redirectOf(client('installed', ...redirects), issuer)).toEqual(redirect)
})

test.each([google.issuer, elsewhere])('a web client of %s is taken at its word', (issuer) => {
  const web = client('web', 'https://mail.example.com/callback', 'http://localhost:8080/callback')
  expect(redirectOf(web, issuer)).toEqual({ registered: 'http://localhost:8080/callback', anyPort: false })
  for (const redirects of [[], ['https://mail.example.com/callback'], ['http://localhost:8080/callback?x=1']])
    expect(() => redirectOf(client('web', ...redirects), issuer)).toThrow(/^the web client has registered (no|only) /)
})
