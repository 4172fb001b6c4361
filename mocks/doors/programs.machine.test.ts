import { X509Certificate } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { desktop } from '../google/google.fixture.ts'
import { programs } from '../google/oracles/program.fixture.ts'
import { createPki } from './pki.ts'
import { errands, openErrands } from './programs.fixture.ts'

/** What the program asked of hosts that are not mocked. */
const elsewhere = ({ seen }: Awaited<ReturnType<typeof openErrands>>) =>
  seen('http.request').flatMap(({ fields: { endpoint, method, origin } }) =>
    endpoint === 'elsewhere' ? [`${method} ${origin}`] : [],
  )

test.each(errands)('$name reaches Google, its own server and nobody else', async (program) => {
  await using stand = await openErrands()
  const { told, output, code } = await stand.run(program)
  const refused = { error: expect.stringMatching(program.refused) }
  expect(told).toMatchObject([
    { step: 'discovery', status: 200, issuer: 'https://accounts.google.com' },
    { step: 'token', status: 200, token_type: 'Bearer' },
    { step: 'elsewhere', ...refused },
    {
      step: 'plain',
      ...(program.tunnelsAll
        ? refused
        : {
            status: 405,
            body: expect.stringMatching(/^http:\/\/api\.example\.test is not mocked, and nothing was sent/),
          }),
    },
    { step: 'own', status: 200, body: 'my own' },
  ])
  expect(output).toMatch(program.output ?? /^$/)
  expect(code).toBe(0)
  expect(stand.requests()).toEqual([
    'GET discovery 200',
    'POST token-endpoint 200',
    'CONNECT elsewhere 403',
    program.tunnelsAll ? 'CONNECT elsewhere 403' : 'GET elsewhere 405',
  ])
  expect(elsewhere(stand)).toEqual([
    'CONNECT https://api.example.test',
    `${program.tunnelsAll ? 'CONNECT' : 'GET'} http://api.example.test`,
  ])
  const journal = JSON.stringify(stand.sealed().observations)
  const form = await readFile(stand.file('token-request'), 'utf8')
  for (const secret of [encodeURIComponent(stand.code()), desktop.client_secret!]) {
    expect(form).toContain(secret)
    for (const written of [secret, decodeURIComponent(secret)]) expect(journal).not.toContain(written)
  }
})

test.each(errands)('$name would speak to no Google of another authority', async (program) => {
  await using stand = await openErrands()
  await stand.trust((await createPki()).ca)
  const { told } = await stand.run(program)
  const distrusted = { error: expect.stringMatching(program.distrusts) }
  expect(told.slice(0, 2)).toMatchObject([
    { step: 'discovery', ...distrusted },
    { step: 'token', ...distrusted },
  ])
  expect(told.at(-1)).toMatchObject({ step: 'own', status: 200 })
  expect(stand.requests().filter((request) => !request.includes('elsewhere'))).toEqual([])
  expect(stand.seen('tls.failed').length).toBeGreaterThanOrEqual(2)
})

test('Java lists the authority as trusted, with any password and with none, because of one attribute', async () => {
  await using stand = await openErrands()
  const list = async (store: string, ...password: readonly string[]): Promise<string> =>
    (await stand.play(programs.keytool, '-list', '-keystore', stand.file(store), ...password)).output
  const { fingerprint256 } = new X509Certificate(await readFile(stand.file('ca.pem')))
  for (const password of [[], ['-storepass', 'changeit'], ['-storepass', 'another password']]) {
    const listed = await list('ca.p12', ...password)
    expect(listed).toMatch(/^Keystore type: PKCS12$/m)
    expect(listed).toMatch(/^oauth-imap, .*, trustedCertEntry, ?$/m)
    expect(listed).toContain(fingerprint256)
  }
  const octets = await readFile(stand.file('ca.p12'))
  // The last arcs of 2.16.840.1.113894.746875.1.1
  const at = octets.indexOf(Buffer.from('adca7b0101', 'hex'))
  octets[at + 4] = 2
  await writeFile(stand.file('without.p12'), octets)
  expect(await list('without.p12', '-storepass', 'changeit')).toContain('Your keystore contains 0 entries')
})
