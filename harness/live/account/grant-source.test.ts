import { expect, test } from 'vitest'
import { Fault } from '../../model/fault.ts'
import { createSeal } from '../../vault/jwe.ts'
import { writeRecord } from '../../vault/record.ts'
import { keyVariable } from '../keeping/vault-place.ts'
import { grantSource } from './grant-source.ts'

const account = 'Alice@example.com'
const token = ['1//', 'of-the-environment'].join('')
const key = new Uint8Array(32).fill(9)
const seal = await createSeal(key)
const sealed = await seal.close(writeRecord('alice@example.com', { refreshToken: token, scope: 'mail', grantedAt: 7 }))
const environment = { [keyVariable]: btoa(String.fromCharCode(...key)) }

const faultOf = (reference: string, variables: Readonly<Record<string, string>>, of = account): Promise<Fault> =>
  grantSource(reference, of, variables).then(
    () => Promise.reject(new Error('there was a grant')),
    (error: unknown) => {
      expect(error).toBeInstanceOf(Fault)
      const { message, hint } = error as Fault
      for (const value of [token, sealed]) expect(`${message} ${hint}`).not.toContain(value)
      return error as Fault
    },
  )

test('a refresh token as it is makes a grant, which stays in memory', async () => {
  const store = await grantSource('env:GRANT', account, { GRANT: ` ${token}\n` })
  expect(await store.load('alice@EXAMPLE.com')).toEqual({ refreshToken: token, scope: '' })
  expect(await store.load('bob@example.com')).toBeUndefined()
  await store.save(account, { refreshToken: 'next', scope: '' })
  expect(await store.load(account)).toEqual({ refreshToken: 'next', scope: '' })
  await store.erase(account)
  expect(await store.load(account)).toBeUndefined()
})

test('a file of the vault makes one too, with its key', async () => {
  const store = await grantSource('env:GRANT', account, { GRANT: sealed, ...environment })
  expect(await store.load(account)).toEqual({ refreshToken: token, scope: 'mail', grantedAt: 7 })
})

test('a refresh token of five parts is one of its issuer’s', async () => {
  const foreign = `${btoa('{"alg":"RSA-OAEP","enc":"A256GCM","kid":"1"}').replaceAll('=', '')}.a.b.c.d`
  for (const text of [foreign, 'a.b.c.d.e'])
    expect(await (await grantSource('env:GRANT', account, { GRANT: text })).load(account)).toMatchObject({
      refreshToken: text,
    })
})

test('what is no grant is told, and what it holds is not', async () => {
  const damaged = sealed.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'))
  const other = { [keyVariable]: btoa('o'.repeat(32)) }
  for (const [told, fault] of [
    ['environment alone', await faultOf(token, {})],
    ['not set', await faultOf('env:GRANT', {})],
    ['holds no grant', await faultOf('env:GRANT', { GRANT: `Bearer ${token}` })],
    ['sealed grant', await faultOf('env:GRANT', { GRANT: sealed })],
    ['another key', await faultOf('env:GRANT', { GRANT: sealed, ...other })],
    ['changed or cut short', await faultOf('env:GRANT', { GRANT: damaged, ...environment })],
    ['another account', await faultOf('env:GRANT', { GRANT: sealed, ...environment }, 'bob@example.com')],
  ] as const)
    expect(fault.message).toContain(told)
})
