import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { openConversation } from './standard-input.ts'

describe('a conversation', () => {
  const open = () => {
    const [input, output] = [new PassThrough(), new PassThrough()]
    return { input, output, conversation: openConversation(input, output) }
  }

  test('loses no line of what is pasted at once', async () => {
    const { input, output, conversation } = open()
    const first = conversation.ask('? ')
    input.write('one\ntwo\r\n\nfour\n')
    expect([await first, await conversation.ask(''), await conversation.ask(''), await conversation.ask('')]).toEqual([
      'one',
      'two',
      '',
      'four',
    ])
    expect(String(output.read())).toBe('? ')
    conversation.close()
  })

  test('ends with the input, the last line read', async () => {
    const { input, conversation } = open()
    input.end('last')
    expect(await conversation.ask('')).toBe('last')
    expect(await conversation.ask('')).toBeUndefined()
    expect(await conversation.ask('')).toBeUndefined()
  })

  test('ends while it waits', async () => {
    const { input, conversation } = open()
    const asked = conversation.ask('')
    input.end()
    expect(await asked).toBeUndefined()
  })
})
