import type { SettingName } from '../model/setting-name.ts'
import { type Tree, leavesOf, listOf, stepsOf } from './tree.ts'

/** What an application’s own name for a setting looks like once it is split into lower-case words. */
const patterns: readonly (readonly [RegExp, SettingName])[] = [
  [/(?:^|(?:google|gmail|oauth2?) )client id$|^(?:auth )?google id$/, 'clientId'],
  [/(?:^|(?:google|gmail|oauth2?) )client secret$|^(?:auth )?google secret$/, 'clientSecret'],
  [/(?:^|google |gmail |oauth2? |auth )(?:redirect|callback) ur[il]s?$|(?:google|oauth2?) redirect$/, 'redirectUri'],
  [/(?:^|google |gmail |oauth2? |auth |mail )scopes?$/, 'scopes'],
  [/^(?:app(?:lication)? )?runtime$/, 'runtime'],
  [/(?:google |gmail |oauth2? |^)grant type$/, 'grantType'],
  [/(?:google |gmail |oauth2? |^)response type$/, 'responseType'],
  [/(?:google |gmail |oauth2? |^)access type$/, 'accessType'],
  [/approval prompt$/, 'approvalPrompt'],
  [/(?:google|gmail|oauth2?|consent) prompt$|^prompt$/, 'prompt'],
  [/(?:impersonated?|delegated?) (?:user|subject|account|email)$/, 'subject'],
  [/(?:google |gmail |oauth2? |^)auth(?:orization|orize)? (?:ur[il]|endpoint)$/, 'authorizationEndpoint'],
  [/(?:google |gmail |oauth2? |^)token (?:ur[il]|endpoint)$/, 'tokenEndpoint'],
  [/imap (?:host(?:name)?|server|address)$/, 'imap.host'],
  [/imap port$/, 'imap.port'],
  [/imap (?:use )?(?:tls|ssl|secure|security|encryption)$/, 'imap.tls'],
  [/imap (?:max |pool )?(?:connections|pool|pool size)$/, 'imap.connections'],
  [/(?:imap|gmail) (?:auth )?(?:app )?pass(?:word)?$/, 'password'],
  [/(?:imap|sasl|auth) mechanisms?$/, 'mechanisms'],
  [/reject unauthorized$/, 'tls.rejectUnauthorized'],
  [/tls min version$/, 'tls.minVersion'],
  [/tokens? store (?:kind|type)$|^store (?:kind|type)$/, 'store.kind'],
  [/tokens? (?:store )?(?:path|file|dir|directory)$|^store path$/, 'store.path'],
  [/^store encryption$|tokens? store encryption$/, 'store.encryption'],
  [/^store key source$|tokens? store key source$/, 'store.keySource'],
  [/retry (?:limit|attempts|max)$|max retries$/, 'retry.limit'],
  // Only where the name tells the unit, or is ours: most applications count in milliseconds.
  [/retry delay(?: s| sec| secs| seconds)$/, 'retry.delay'],
  [/retry jitter$/, 'retry.jitter'],
  [/^log(?:ging|ger)? level$/, 'log.level'],
  [/^log(?:ging|ger)? redact(?:ion)?$/, 'log.redaction'],
  [/home ?page(?: ur[il])?$|^pages home$/, 'homePage'],
  [/privacy(?: policy)?(?: ur[il])?$/, 'privacyPolicy'],
  [/^(?:project )?owners$/, 'owners'],
]

const foreign =
  /\b(?:github|gitlab|facebook|microsoft|azure|outlook|office|apple|slack|yahoo|auth0|okta|twitter|discord|stripe|aws|smtp|keycloak|linkedin|paypal|zoom|notion)\b/

/** What only Google’s clients and scopes have. */
const googles = /\.apps\.googleusercontent\.com|GOCSPX-|https:\/\/(?:mail\.google\.com|www\.googleapis\.com\/auth)/

/** Settings that, of Google or IMAP, show that a file is about what is checked here. */
const telling: ReadonlySet<SettingName> = new Set([
  ...(['clientId', 'clientSecret', 'scopes', 'redirectUri', 'imap.host', 'imap.port', 'imap.tls'] as const),
])

export interface RecognisedSetting {
  readonly name: SettingName
  /** It alone shows that its file concerns Google’s sign-in or IMAP. */
  readonly telling: boolean
}

/** Our name for what an application calls a setting; undefined for what is none, or another provider’s. */
export function recognise(path: readonly string[], text: string): RecognisedSetting | undefined {
  const words = path
    .flatMap((step) => step.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[^A-Za-z0-9]+/))
    .join(' ')
    .toLowerCase()
    .replace(/^(?:next public|react app|vite|expo public|nuxt|app|config|settings|default) /, '')
    .trim()
  const name = foreign.test(words) ? undefined : patterns.find(([pattern]) => pattern.test(words))?.[1]
  if (name === undefined) return undefined
  return { name, telling: telling.has(name) && (/\b(?:google|gmail|imap)\b/.test(words) || googles.test(text)) }
}

/** Encrypted by Sealed Secrets (Bitnami) or SOPS: nobody reads the value in the file. */
const isSealed = (pointer: string, text: string): boolean =>
  pointer.includes('/encryptedData/') || text.startsWith('ENC[AES256_GCM,')

/** Settings by their pointers, of a file that concerns Google’s sign-in or IMAP; the first of a name counts. */
export function settingsIn(tree: Tree): ReadonlyMap<SettingName, { readonly pointer: string; readonly leaf: Tree }> {
  const found = new Map<SettingName, { readonly pointer: string; readonly leaf: Tree }>()
  let concerns = false
  for (const { pointer, leaf } of leavesOf(tree)) {
    const text = (listOf(leaf) ?? []).join(' ')
    const setting = text === '' || isSealed(pointer, text) ? undefined : recognise(stepsOf(pointer), text)
    if (setting === undefined) continue
    concerns ||= setting.telling
    if (!found.has(setting.name)) found.set(setting.name, { pointer, leaf })
  }
  return concerns ? found : new Map()
}
