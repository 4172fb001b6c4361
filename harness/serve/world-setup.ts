import type { NewMessage } from '../../mocks/gmail/core/message.ts'
import type { AccountRegistration } from '../../mocks/google/registration/accounts.ts'
import type { ClientRegistration } from '../../mocks/google/registration/clients.ts'
import { Fault } from '../model/fault.ts'
import type { GmailSwitches } from '../model/gmail-setup.ts'
import type { GoogleSwitches } from '../model/google-switches.ts'
import type { MailSetup } from '../model/mail-setup.ts'
import type { Random } from '../random.ts'
import { readAtMost } from '../runtime/bounded-file.ts'
import { errorCode } from '../runtime/error-code.ts'
import { resolve } from '../runtime/path.ts'
import { accountsOf, clientsOf, projectsOf } from './registrations.ts'
import { mailboxesOf } from './seeded-mail.ts'
import { type ServiceAccountWithKey, serviceAccountsOf } from './service-accounts.ts'
import { type WorldCourse, courseOf } from './world-course.ts'
import { readWorldFile } from './world-file.ts'

/** What a served world begins with, at every reset. */
export interface WorldSetup {
  readonly clients: readonly ClientRegistration[]
  readonly accounts: readonly AccountRegistration[]
  readonly serviceAccounts: readonly ServiceAccountWithKey[]
  /** By address. */
  readonly mailboxes: Readonly<Record<string, readonly NewMessage[]>>
  readonly google: Partial<GoogleSwitches>
  readonly gmail: Partial<GmailSwitches>
  readonly mail: MailSetup
  readonly course: WorldCourse
}

/** Octets; each character of the text that a world file may have takes four at the most. */
const mostOctets = 800_000

/**
 * Reads a world from a file, or makes the usual one: a desktop client, two accounts and a small mailbox.
 *
 * @param now epoch milliseconds
 * @throws Fault `SETTINGS_INVALID`
 */
export async function readSetup(file: string | undefined, random: Random, now: number): Promise<WorldSetup> {
  const read = readWorldFile(file === undefined ? '' : await readText(file), file ?? 'the usual world')
  const { google = {}, gmail: { settings = {}, switches = {} } = {} } = read.world
  const findProject = projectsOf(read, random)
  const clients = clientsOf(read, findProject, random)
  return {
    clients,
    accounts: accountsOf(read),
    serviceAccounts: await serviceAccountsOf(read, findProject, random),
    mailboxes: await mailboxesOf(read, file === undefined ? '.' : resolve(file, '..'), now),
    google: google.switches ?? {},
    // Each looks at its own switches alone.
    gmail: switches,
    mail: { settings, switches },
    course: courseOf(read, clients),
  }
}

async function readText(file: string): Promise<string> {
  const hint = 'Name a world file that you may read with --world.'
  const octets = await readAtMost(file, mostOctets).catch((cause: unknown) => {
    const reason = errorCode(cause) === 'ENOENT' ? 'does not exist' : `cannot be read (${errorCode(cause)})`
    throw new Fault('SETTINGS_INVALID', `${file} ${reason}.`, hint, { cause })
  })
  if (octets === undefined)
    throw new Fault(
      'SETTINGS_INVALID',
      `${file} has more than ${mostOctets} octets.`,
      'Give messages files of their own.',
    )
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch (cause) {
    throw new Fault('SETTINGS_INVALID', `${file} is no text in UTF-8.`, hint, { cause })
  }
}
