import { each } from '../../harness/model/check.ts'
import type { ParsedUri } from '../../harness/model/configuration.ts'
import { type Journal, type Observation, all } from '../../harness/model/observation.ts'
import { answers } from './answers.ts'

export type ObservedUri = Observation<'config.uri'>

const outOfBand = /^(?:urn:ietf:wg:oauth:2\.0:)?oob(?::auto)?$/i
/** Where the code is shown for the user to carry it over (Google, out-of-band migration guide). */
export const isOutOfBand = (uri: string): boolean => outOfBand.test(uri)

/** A value that is put together at run time cannot be judged before. */
export const isTemplate = (text: string): boolean =>
  /\$\{|\{\{|^\$[A-Za-z_]|^%[A-Za-z_]\w*%|^(?:env|environment|vault|keyring|secret):/.test(text)

export const isWeb = (parsed: ParsedUri | null): parsed is ParsedUri =>
  parsed !== null && (parsed.scheme === 'http' || parsed.scheme === 'https')

export const isLoopback = ({ hostKind }: ParsedUri): boolean => hostKind === 'localhost' || hostKind === 'loopback-ip'

/** `mail.example.com:8080/cb` has a host and a port where RFC 3986 reads a scheme and a path. */
export const lacksScheme = (parsed: ParsedUri | null): boolean =>
  parsed === null || (!parsed.scheme.startsWith('http') && parsed.host === '' && /^\d+(?:\/|$)/.test(parsed.path))

export const isRedirect = ({ fields: { name, uri } }: ObservedUri): boolean =>
  (name === 'redirectUri' || name === 'client.redirect_uris') && !isTemplate(uri)

const isOrigin = ({ fields }: ObservedUri): boolean => fields.name === 'client.javascript_origins'

/**
 * Each redirect URI that a configuration names, in client files and settings, but for those of the out-of-band flow.
 * JavaScript origins are under the same rules (Google, Manage OAuth Clients).
 */
export const eachRedirectOrOrigin = each(
  'config.uri',
  'redirect URIs and JavaScript origins',
  (uri) => isOrigin(uri) || (isRedirect(uri) && !isOutOfBand(uri.fields.uri)),
)

/** The redirect URIs that a profile’s client file lists. */
export const registeredIn = (journal: Journal, profile: string): readonly ObservedUri[] =>
  all(journal, 'config.uri').filter(
    ({ fields }) => fields.profile === profile && fields.name === 'client.redirect_uris',
  )

/** RFC 1918: what Google’s answer was seen for. */
const privateAddress = /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./

/** Google’s answer to a redirect URI that breaks its rules; of an origin’s no words are established. */
export function answerTo({ fields: { name, uri, parsed } }: ObservedUri): { answer?: string } {
  if (name === 'client.javascript_origins') return {}
  return {
    answer: privateAddress.test(parsed?.host ?? '') ? answers.privateAddress(uri) : answers.invalidRedirectUri,
  }
}
