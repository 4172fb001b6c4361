import { type LiveContext, shown } from '../context.ts'

/**
 * What a mail server said, in one line. It tells people their own address, in a spelling of its own, and the network that
 * they are in: neither belongs into a report.
 */
export function told(said: string, { secrets, includeMail }: Pick<LiveContext, 'secrets' | 'includeMail'>): string {
  const line = shown(said, secrets)
  return includeMail ? line : line.replaceAll(addresses, '‹address›')
}

const addresses =
  /[^\s"<>()[\]{},;:‹›]+@[^\s"<>()[\]{},;:‹›]+|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])|(?<![\w:])(?:[\da-f]{0,4}:){2,7}[\da-f.]+(?![\w:])/gi
