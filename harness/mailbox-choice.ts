import { Fault } from './model/fault.ts'
import type { MailboxImage } from './model/mailbox-image.ts'
import type { MailboxChoice } from './mailbox-server.ts'
import { nearest } from './nearest.ts'

/** What the settings file says of mailbox servers. */
export interface MailboxSettings {
  /** An image that stands in for GreenMail's released one. */
  readonly greenmailImage?: string | undefined
  readonly images?: Readonly<Record<string, MailboxImage>> | undefined
}

const plain = ['embedded', 'dovecot', 'greenmail']
const hint = 'Describe it in the settings file: {"images": {"NAME": {"image": "…", "imapPort": 143, "users": "any"}}}.'

/**
 * Reads what `--mailbox` or the settings name; undefined is the store of our own.
 *
 * @throws Fault `UNKNOWN_NAME` with the nearest name that exists
 */
export function mailboxChoice(
  name: string,
  { greenmailImage, images = {} }: MailboxSettings,
): MailboxChoice | undefined {
  if (name === 'embedded') return undefined
  if (name === 'dovecot') return { kind: 'dovecot' }
  if (name === 'greenmail') return { kind: 'greenmail', image: greenmailImage }
  const [, image] = /^image:(.*)$/.exec(name) ?? []
  const settings = image !== undefined && Object.hasOwn(images, image) ? images[image] : undefined
  if (image !== undefined && settings !== undefined) return { kind: 'image', name: image, settings }
  const names = [...plain, ...Object.keys(images).map((key) => `image:${key}`)]
  const known = image !== undefined && Object.keys(images).length === 0 ? hint : `Did you mean ${nearest(name, names)}?`
  throw new Fault('UNKNOWN_NAME', `There is no mailbox server ${name}.`, known)
}
