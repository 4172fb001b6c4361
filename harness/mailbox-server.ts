import type { MailboxServer } from '../mocks/mailbox-servers/mailbox-server.ts'
import type { MailboxImage } from './model/mailbox-image.ts'
import type { RunPorts } from './run-settings.ts'
import { isAbandoned, ownerName } from './runtime/owner.ts'

/** Which server holds the mail of a run's worlds behind Gmail's front. */
export type MailboxChoice =
  | { readonly kind: 'dovecot' }
  /** `image` stands in for the released one. */
  | { readonly kind: 'greenmail'; readonly image?: string | undefined }
  | { readonly kind: 'image'; readonly name: string; readonly settings: MailboxImage }

export const nameOf = (choice: MailboxChoice | undefined): string => {
  if (choice === undefined) return 'embedded'
  return choice.kind === 'image' ? `image:${choice.name}` : choice.kind
}

/**
 * Starts the server of a choice; each is loaded when it is asked for.
 *
 * @throws Fault `MAILBOX_SERVER_UNAVAILABLE` that says what is missing, `INTERRUPTED`
 */
export async function openMailboxServer(choice: MailboxChoice, { progress, signal }: RunPorts): Promise<MailboxServer> {
  const options = {
    owner: { name: ownerName(), isAbandoned },
    tell: (told: string): void => progress({ event: 'preparing', told }),
    signal,
  }
  switch (choice.kind) {
    case 'dovecot':
      return (await import('../mocks/mailbox-servers/dovecot.ts')).openDovecot()
    case 'greenmail':
      return (await import('../mocks/mailbox-servers/greenmail.ts')).openGreenMail(options, choice.image)
    case 'image': {
      const { openImageServer } = await import('../mocks/mailbox-servers/image-server.ts')
      return openImageServer(choice.name, choice.settings, options)
    }
  }
}
