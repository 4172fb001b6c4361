import { type LiveContext, playPart } from './context.ts'
import { lookAtGreeting } from './mail/greeting.ts'
import { offerBogusToken } from './mail/login.ts'
import { lookAtKeys } from './servers/keys.ts'
import { type IssuerMetadata, lookAtMetadata } from './servers/metadata.ts'
import { lookAtTls } from './servers/tls-versions.ts'
import { lookAtTokenErrors } from './servers/token-errors.ts'
import type { LiveTrouble } from './trouble.ts'

/**
 * What the issuer and the mail server are, without anybody’s grant; asked once however many accounts there are.
 *
 * @param account in whose name a made-up token is shown
 * @returns the first trouble that no account can do without
 */
export async function playServers(context: LiveContext, account: string): Promise<LiveTrouble | undefined> {
  const { issuer, mailScope } = context.farSide
  context.journal.record('live', 'live.asked', { issuer, mailScope, also: [] })
  let metadata: IssuerMetadata | undefined
  const noMetadata = await playPart(context, 'metadata', async () => {
    metadata = await lookAtMetadata(context)
    return context.farSide.issuer
  })
  const known = metadata
  if (known !== undefined) {
    await playPart(context, 'keys', () => lookAtKeys(context, known))
    await playPart(context, 'token-errors', () => lookAtTokenErrors(context, known))
  }
  await playPart(context, 'tls', () => lookAtTls(context))
  const noMail = await playPart(context, 'greeting', () => lookAtGreeting(context))
  if (noMail === undefined) await playPart(context, 'bad-token', () => offerBogusToken(context, account))
  return noMetadata ?? noMail
}
