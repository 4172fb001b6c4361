import type { NewMessage } from './core/message.ts'
import { octetsOf } from './wire/command-stream.ts'

/** A token is this and the address of the account that it opens. */
export const benchToken = 'ya29.token-of-the-benchmark-0123456789-'
/** As many as a thousand sessions need, of which an account has fifteen at the most. */
export const benchAccounts: readonly string[] = Array.from({ length: 70 }, (_, index) => `user${index}@example.com`)

const words = 'lunch minutes budget garden invoice travel report window music paper river signal'.split(' ')
const word = (index: number): string => words[index % words.length]!

/** Mail of the size and the shape that people have: 2 to 5 KB, every third one with a second part. */
export function benchMessage(index: number): Uint8Array {
  const text = `${`${word(index)} ${word(index * 7 + 1)} and what was said of it on the ${index % 28}th, `.repeat(2)}\r\n`
  const lines = text.repeat(12 + (index % 20))
  const several = index % 3 === 0
  const fields = [
    `Received: from mx${index % 9}.example.net by mail.example.com with ESMTPS id ${index}; Mon, 12 Jan 2026 08:14:07 +0000`,
    `From: "Correspondent ${index % 60}" <person${index % 60}@example.net>`,
    'To: User <user0@example.com>, "Somebody Else" <else@example.org>',
    ...(index % 4 === 0 ? [`Cc: person${index % 17}@example.org`] : []),
    `Subject: ${word(index)} and ${word(index * 5 + 2)} ${index}`,
    'Date: Mon, 12 Jan 2026 08:14:07 +0000',
    `Message-ID: <message-${index}@example.net>`,
    ...(index % 5 === 0 && index > 0 ? [`In-Reply-To: <message-${index - 1}@example.net>`] : []),
    'MIME-Version: 1.0',
    several ? 'Content-Type: multipart/alternative; boundary="=_b"' : 'Content-Type: text/plain; charset=utf-8',
  ]
  const body = several
    ? `--=_b\r\nContent-Type: text/plain\r\n\r\n${lines}\r\n--=_b\r\nContent-Type: text/html\r\n\r\n<p>${lines}</p>\r\n--=_b--\r\n`
    : lines
  return octetsOf(`${fields.join('\r\n')}\r\n\r\n${body}`)
}

export const benchMessages = (count: number): NewMessage[] =>
  Array.from({ length: count }, (_, index) => ({
    bytes: benchMessage(index),
    labels: ['\\Inbox'],
    flags: index % 2 === 0 ? ['\\Seen'] : [],
    internalDate: Date.UTC(2026, 0, 1) + index * 1000,
  }))
