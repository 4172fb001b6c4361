import { copyFile } from 'node:fs/promises'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { messageWithDigest } from './account.fixture.ts'
import type { Stand } from './stand.fixture.ts'

const fixtures = fileURLToPath(new URL('../../../fixtures/', import.meta.url))

/** One line of JSON in which a program tells what its library made of Gmail. */
export interface Told {
  readonly step: string
  readonly [member: string]: unknown
}

/**
 * Runs the small program around a mail library that lies in fixtures/mail-clients, with our authority for the system's.
 *
 * @param journey such as `imaplib/journey.py`; its ending says whether Node or Python runs it
 */
export async function play(stand: Stand, journey: string, story: string) {
  await copyFile(`${fixtures}mailboxes/eight-bit.eml`, stand.file('new.eml'))
  const env = {
    NODE_EXTRA_CA_CERTS: stand.file('ca.pem'),
    SSL_CERT_FILE: stand.file('ca.pem'),
    PYTHONPATH: `${fixtures}oracles/python`,
    PYTHONDONTWRITEBYTECODE: '1',
  }
  const command = journey.endsWith('.py') ? '/usr/bin/python3' : process.execPath
  const { stdout, stderr, code } = await stand.run(command, [`${fixtures}mail-clients/${journey}`, story], { env })
  const told = stdout
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Told)
  return { told, stderr, code }
}

/** The messages that a program read in each folder, in its order. */
export const messagesRead = (told: readonly Told[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    told
      .filter(({ step }) => step === 'read')
      .map(({ folder, digests }) => [folder, (digests as string[]).map(messageWithDigest)]),
  )
