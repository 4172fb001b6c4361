import { expect, test } from 'vitest'
import { mailboxChoice } from './mailbox-choice.ts'

const cyrus = { image: 'cyrus:1', imapPort: 143, users: 'any' } as const

test.each([
  ['embedded', undefined],
  ['dovecot', { kind: 'dovecot' }],
  ['greenmail', { kind: 'greenmail', image: 'local:1' }],
  ['image:cyrus', { kind: 'image', name: 'cyrus', settings: cyrus }],
])('%s', (name, choice) => {
  expect(mailboxChoice(name, { greenmailImage: 'local:1', images: { cyrus } })).toEqual(choice)
})

test.each([
  ['greenmial', { images: { cyrus } }, 'Did you mean greenmail?'],
  ['image:cyrsu', { images: { cyrus } }, 'Did you mean image:cyrus?'],
  ['image:constructor', { images: { cyrus } }, 'Did you mean image:cyrus?'],
  ['image:cyrus', {}, 'Describe it in the settings file: {"images":'],
])('%s is none', (name, settings, hint) => {
  expect(() => mailboxChoice(name, settings)).toThrow(
    expect.objectContaining({
      code: 'UNKNOWN_NAME',
      message: `There is no mailbox server ${name}.`,
      hint: expect.stringContaining(hint),
    }),
  )
})
