import { describe, expect, test } from 'vitest'
import { dyingProjects, livingProjects } from '../../fixtures/counterexamples/configurations/played-lives.ts'
import { rehearsed } from './rehearsed.fixture.ts'

/** Gmail’s name for a connection. */
const withoutId = (answer: string): string => answer.replace(/(Lookup failed) \S+/, '$1 …')

describe('a wrong configuration dies where Google would end it, in Google’s words', () => {
  test.each(dyingProjects)('$name', async ({ files, step, decides, answer }) => {
    const { steps } = await rehearsed(files)
    const last = steps.at(-1)!
    expect(last).toMatchObject({ step, outcome: 'refused' })
    expect(withoutId(last.answer)).toBe(answer)
    if (answer === '') expect(last.reason).toMatch(/^\w+/)
    expect(files[last.file]!.split('\n')[last.line - 1]).toContain(decides)
    for (const earlier of steps.slice(0, -1)) expect(earlier).toMatchObject({ outcome: 'done', answer: '' })
  })
})

describe('a good one lives', () => {
  test.each(livingProjects)('$name', async ({ files }) => {
    const { steps } = await rehearsed(files)
    expect(steps.filter(({ outcome }) => outcome !== 'done')).toEqual([])
    expect(steps.at(-1)).toMatchObject({ step: 'IMAP login after eight days', after: 8 * 24 * 3600 })
  })
})

const [desktop] = livingProjects
/** The first living project with a text in one of its files changed. */
const changed = (file: string, from: string | RegExp, to: string): Readonly<Record<string, string>> => {
  const before = desktop!.files[file]!
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  return { ...desktop!.files, [file]: after }
}
const client = 'client.json'
const gate = 'oauth-imap.gate.json'
const attestation = 'oauth-imap.attestation.json'

describe('what nobody can know is undecided, with the reason', () => {
  test.each([
    [
      'no attestation',
      { ...desktop!.files, [attestation]: '' },
      'were it Testing, Google would answer: 400 invalid_grant',
    ],
    ['no scopes', changed(gate, '"scopes"', '"scopesDeclared"'), 'no scopes are mapped'],
    ['a redirect of the run time', changed(gate, 'http://127.0.0.1', '${HOST}/cb'), 'redirectUri is put together'],
    ['no redirect', without(changed(gate, /.*redirectUri.*\n/, '')), 'no redirect URI is mapped'],
    ['a client file that is none', { ...desktop!.files, [client]: '{"installed": ' }, /^expected/],
    ['another kind of file', { ...desktop!.files, [client]: '{"type": "authorized_user"}' }, '“authorized_user”'],
    ['no client file', changed(gate, /.*"client".*\n/, ''), 'names no client file'],
    ['a mechanism that is no name', changed(gate, '"XOAUTH2"', '"XO AUTH\\r\\n2"'), 'no name of one'],
    ['the older name of Gmail', changed(gate, 'imap.gmail.com', 'imap.googlemail.com'), 'no token was shown'],
    ['a mock of one’s own', changed(client, 'https://oauth2.googleapis.com', 'http://127.0.0.1:9'), 'this machine'],
  ] as const)('%s', async (_, files, reason) => {
    const { steps } = await rehearsed(files)
    expect(steps.at(-1)).toMatchObject({ outcome: 'undecided', answer: '' })
    if (typeof reason === 'string') expect(steps.at(-1)!.reason).toContain(reason)
    else expect(steps.at(-1)!.reason).toMatch(reason)
    expect(steps.filter(({ outcome }) => outcome === 'refused')).toEqual([])
  })
})

/** Nothing is registered for redirects either. */
function without(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...files, [client]: files[client]!.replace(/,\n *"redirect_uris": \[[^\]]*\]/, '') }
}

test('what was assumed is said at the registration, and nothing where everything is attested', async () => {
  const { steps } = await rehearsed({ ...desktop!.files, [attestation]: '' })
  expect(steps[0]).toMatchObject({ step: 'registration', outcome: 'done' })
  expect(steps[0]!.reason).toBe(
    'no file says it, so it is played with userType External, publishingStatus Testing, testUsers user@example.com among them',
  )
  const attested = await rehearsed(desktop!.files)
  expect(attested.steps.map(({ reason }) => reason).filter((reason) => reason !== '')).toEqual([])
})

test('a scope of another product is left out, and that is said', async () => {
  const sheets = 'https://www.googleapis.com/auth/spreadsheets'
  const { steps } = await rehearsed(
    changed(gate, '"https://mail.google.com/"', `"https://mail.google.com/", "${sheets}"`),
  )
  expect(steps[0]!.reason).toBe(`left out, for the mock knows no such scope: ${sheets}`)
  expect(steps.at(-1)).toMatchObject({ step: 'IMAP login after eight days', outcome: 'done' })
})

test('no secret of the files or of the play stands in the journal, and the scanner would find one', async () => {
  for (const { files } of [...livingProjects, ...dyingProjects]) {
    const { journal, secrets } = await rehearsed(files)
    expect(secrets.scanner.scanText(JSON.stringify(journal))).toEqual([])
    const [planted] = [...secrets.values()].filter(({ kind }) => kind === 'access-token' || kind === 'client-secret')
    if (planted !== undefined) expect(secrets.scanner.scanText(`x ${planted.value}`)).not.toEqual([])
  }
  const { secrets } = await rehearsed(desktop!.files)
  expect([...secrets.values()].map(({ kind }) => kind)).toContain('access-token')
})

test('it happens the same way every time', async () => {
  for (const { files } of livingProjects) {
    const [first, second] = [await rehearsed(files), await rehearsed(files)]
    expect(second.journal).toEqual(first.journal)
  }
})

test('several profiles are played one after the other, each for itself', async () => {
  const { profiles } = JSON.parse(desktop!.files[gate]!) as { profiles: Record<string, unknown> }
  const names = Array.from({ length: 50 }, (_, index) => `profile-${index}`)
  const many = { profiles: Object.fromEntries(names.map((name) => [name, profiles['production']])) }
  const began = performance.now()
  const { steps } = await rehearsed({ ...desktop!.files, [gate]: JSON.stringify(many) })
  expect(new Set(steps.map(({ profile }) => profile)).size).toBe(50)
  expect(steps.filter(({ outcome }) => outcome !== 'done')).toEqual([])
  // 300 ms for each, on a machine that does other things too.
  expect(performance.now() - began).toBeLessThan(50 * 300)
})

const nasty = ['https://u:p@oauth2.googleapis.com/token', '%00', '"\r\n* BYE', '\ud800', 'a'.repeat(5000), '__proto__']

test.each([
  ...['runtime', 'scopes', 'redirectUri', 'grantType', 'responseType', 'accessType', 'prompt', 'subject', 'mechanisms'],
  ...['authorizationEndpoint', 'tokenEndpoint', 'clientSecret', 'imap.host', 'imap.port', 'imap.tls'],
])('whatever %s holds, each profile comes to an end', async (name) => {
  const { production } = (JSON.parse(desktop!.files[gate]!) as { profiles: { production: { settings: object } } })
    .profiles
  const profiles = Object.fromEntries(
    nasty.map((value, index) => [
      `profile-${index}`,
      { ...production, settings: { ...production.settings, [name]: value } },
    ]),
  )
  const { steps } = await rehearsed({ ...desktop!.files, [gate]: JSON.stringify({ profiles }) })
  for (const profile of Object.keys(profiles)) {
    const last = steps.findLast((step) => step.profile === profile)!
    expect(last.outcome !== 'done' || last.step === 'IMAP login after eight days').toBe(true)
    if (last.outcome !== 'done') expect(last.answer + last.reason).not.toBe('')
  }
})
