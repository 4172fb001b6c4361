import { MailStore } from '../gmail/core/mail-store.ts'
import { Mailbox } from '../gmail/core/mailbox.ts'
import type { NewMessage } from '../gmail/core/message.ts'
import type { MailRules } from '../gmail/core/switches.ts'
import { formatDateTime } from '../gmail/wire/date-time.ts'
import { mailbox } from '../gmail/wire/encoder.ts'
import type { MockWorld } from '../mock-world.ts'
import { type Account, type Ask, ServerFailure } from './account.ts'

/** A message in a folder, as APPEND puts it there. */
export interface Placed {
  readonly folder: string
  readonly bytes: Uint8Array
  readonly flags: readonly string[]
  /** Epoch milliseconds. */
  readonly internalDate: number
}

/** The folders of an account as Gmail has them, with a copy of each message in each folder that would show it. */
export function folders(
  { random, clock }: MockWorld,
  rules: MailRules,
  messages: readonly NewMessage[],
): readonly { readonly folder: string; readonly messages: readonly Placed[] }[] {
  const store = new MailStore('', random, rules, clock.now)
  for (const message of messages) store.append(message)
  return store.folders
    .list()
    .filter(({ selectable }) => selectable)
    .map((each) => ({
      folder: each.name,
      messages: each.entries().map((entry) => {
        const { bytes, internalDate } = entry.message
        return { folder: each.name, bytes, flags: Mailbox.flagsOf(entry), internalDate }
      }),
    }))
}

/**
 * Makes an account's folders and puts its messages there, oldest first: a fresh account gives them the UIDs that our own
 * mail store gives.
 *
 * @throws ServerFailure when the server takes a message not
 */
export const fill = async (account: Account, layout: ReturnType<typeof folders>): Promise<void> =>
  account.alone(async (ask) => {
    for (const { folder, messages } of layout) {
      // One that is there already is as good; otherwise the first message tells.
      if (folder !== 'INBOX') {
        await ask(`CREATE ${mailbox(folder)}`)
        await ask(`SUBSCRIBE ${mailbox(folder)}`)
      }
      for (const message of messages) await append(ask, message)
    }
  })

export async function append(ask: Ask, { folder, bytes, flags, internalDate }: Placed): Promise<void> {
  const lead = `APPEND ${mailbox(folder)} (${flags.join(' ')}) "${formatDateTime(internalDate)}" `
  const { status } = await ask(lead, { literal: bytes })
  if (status.condition !== 'OK')
    throw new ServerFailure(`the mailbox server takes no message for ${folder}: ${status.text}`)
}
