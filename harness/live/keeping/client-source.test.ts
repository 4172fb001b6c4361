import { expect, onTestFinished, test } from 'vitest'
import { Fault } from '../../model/fault.ts'
import { makeDirectory, makeTemporaryDirectory, removeTree } from '../../runtime/files.ts'
import { availableInstruments } from '../../runtime/instruments.ts'
import { placeFile } from '../../runtime/place-file.ts'
import { readClient } from './client-source.ts'

const secret = ['GOCSPX', 'abcdefghijklmnopqrstuvwxyz12'].join('-')
const members = {
  client_id: '1-a.apps.googleusercontent.com',
  client_secret: secret,
  redirect_uris: ['http://localhost'],
}
const installed = JSON.stringify({ installed: members })

const home = async (): Promise<string> => {
  const directory = await makeTemporaryDirectory('oauth-imap-client')
  onTestFinished(() => removeTree(directory))
  return directory
}
const placed = async (text: string, mode = 0o600): Promise<string> => {
  const file = `${await home()}/client secret.json`
  await placeFile(file, text, mode)
  return file
}
const faultOf = (source: string, environment = {}): Promise<Fault> =>
  readClient(source, environment).then(
    () => Promise.reject(new Error('it was read')),
    (error: unknown) => {
      expect(error).toBeInstanceOf(Fault)
      const told = `${(error as Fault).message} ${(error as Fault).hint}`
      expect(told).not.toContain(secret)
      return error as Fault
    },
  )

test('a client is read from a file of the console, or from a variable that holds one', async () => {
  const expected = { kind: 'installed', ...members }
  expect(await readClient(await placed(`\uFEFF${installed}`), {})).toEqual(expected)
  expect(await readClient('env:CLIENT', { CLIENT: `\n${installed}\n` })).toEqual(expected)
  const { redirect_uris: _, ...bare } = members
  expect(await readClient('env:CLIENT', { CLIENT: JSON.stringify({ web: bare }) })).toEqual({
    ...{ kind: 'web', ...bare },
    redirect_uris: [],
  })
})

test.runIf(availableInstruments().includes('file-modes')).for([0o640, 0o604, 0o660, 0o644])(
  'a file of mode %o is refused with the line that mends it',
  async (mode) => {
    const file = await placed(installed, mode)
    const { code, message, hint } = await faultOf(file)
    expect({ code, message, hint }).toEqual({
      code: 'CLIENT_FILE_INVALID',
      message: expect.stringContaining(`(mode 0${mode.toString(8)})`),
      hint: `Run: chmod 600 '${file}'`,
    })
  },
)

test.for<readonly [string, string]>([
  ['{"type":"service_account","private_key":"x"}', 'the key of a service account'],
  ['{"type":"authorized_user","refresh_token":"x","client_id":"y"}', 'the tokens of one user'],
  [`{"installed":{},"web":{}}`, 'several kinds'],
  ['{"client_id":"x"}', 'expected under "installed" or "web"'],
  [`{"installed":{"client_id":"x"}}`, 'no client_secret under "installed"'],
  [`{"installed":{"client_id":"","client_secret":"${secret}"}}`, 'no client_id'],
  [`{"web":{"client_id":"x","client_secret":"${secret}","redirect_uris":"y"}}`, 'redirect_uris under "web" is no list'],
  [`{"installed":{"client_secret":"${secret}",}}`, 'line 1, column'],
  ['', 'it is empty'],
  ['[]', 'is no client file'],
  ['a: yaml', 'line 1, column 1'],
  ['x'.repeat(70_000), 'more than 65536 octets'],
] as const)('%# what is no client is said to be what it is', async ([text, told]) => {
  const { code, message } = await faultOf(await placed(text))
  expect({ code, message }).toEqual({ code: 'CLIENT_FILE_INVALID', message: expect.stringContaining(told) })
})

test('what is no file is named', async () => {
  const directory = await home()
  expect((await faultOf(`${directory}/none.json`)).message).toContain('does not exist')
  await makeDirectory(`${directory}/sub`)
  expect((await faultOf(`${directory}/sub`)).message).toContain('is no plain file')
  expect((await faultOf('env:CLIENT', { CLIENT: ' ' })).message).toContain('CLIENT is not set, or empty')
  expect((await faultOf('env:', {})).code).toBe('USAGE')
  expect((await faultOf(`env:${secret}`, {})).code).toBe('USAGE')
})
