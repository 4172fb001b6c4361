import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageWith } from './account.fixture.ts'

/** Header lines of its own that a client adds to a message. */
type Added = RegExp
const nothing: Added = /^(?!)/

async function* filesIn(directory: string): AsyncGenerator<{ readonly file: string; readonly octets: Buffer }> {
  for (const part of ['cur', 'new'])
    for (const name of await readdir(join(directory, part))) {
      const file = join(directory, part, name)
      yield { file, octets: await readFile(file) }
    }
}

/**
 * Which messages of the account lie in a Maildir, by name, each with its flags (`DFPRST`).
 *
 * @see https://cr.yp.to/proto/maildir.html
 */
export async function messagesInMaildir(directory: string, added = nothing): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {}
  for await (const { file, octets } of filesIn(directory)) {
    const message = messageWith(asSent(octets, added))
    if (message in found) throw new Error(`${message} lies twice in ${directory}`)
    found[message] = /:2,([A-Z]*)$/.exec(file)?.[1] ?? ''
  }
  return found
}

/** The file of a message. */
export async function fileOf(directory: string, message: string, added = nothing): Promise<string> {
  for await (const { file, octets } of filesIn(directory))
    if (messageWith(asSent(octets, added)) === message) return file
  throw new Error(`no ${message} in ${directory}`)
}

/** With CRLF, for which a Maildir has LF, and without what the client added. */
export const asSent = (octets: Uint8Array, added: Added): Buffer =>
  Buffer.from(Buffer.from(octets).toString('latin1').replace(/\r?\n/g, '\r\n').replace(added, ''), 'latin1')

/** As a Maildir holds it. */
export const withoutCr = (octets: Buffer): Buffer =>
  Buffer.from(octets.toString('latin1').replaceAll('\r', ''), 'latin1')
