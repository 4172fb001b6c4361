import type { Check } from '../../harness/model/check.ts'
import { pkceS256, redirectUriSame, stateForged } from './authorization.ts'
import { brandUrls } from './brand.ts'
import { adminScopeDelegated, offlineAsked, scopesSplit } from './consent-request.ts'
import { productionPublished, testUsers } from './consent.ts'
import { clientIdle, oneActiveSecret, secretSource } from './client-secrets.ts'
import { clientIdFormat, noDeviceFlow, typeMatchesRuntime } from './client-type.ts'
import { clientNotShared, clientPerPlatform } from './clients.ts'
import { jsonShape } from './credentials.ts'
import { customScheme } from './custom-scheme.ts'
import { codeOnly, issuerExact } from './discovery.ts'
import { gmailEnabled } from './enabled-apis.ts'
import { asMetadata, imapCapability, imapTls, tokenErrors, xoauth2Error } from './drift.ts'
import { endpointsGoogle } from './endpoints.ts'
import { readable } from './files.ts'
import { peek } from './mailbox.ts'
import { grantLasts, refresh, refreshTokenGiven, revocation, storage } from './live-grant.ts'
import { label, oauthbearer, readOnly, specialUse, xoauth2 } from './live-mailbox.ts'
import { badToken, clock, imapReachable, keys, mechanismOffered, metadata } from './live-servers.ts'
import { clientAccepted, consent, mailScope, sameAccount, tokens } from './live-sign-in.ts'
import { loopbackLiteral, noOutOfBand } from './native-redirects.ts'
import { waiversCurrent } from './policy.ts'
import { plays } from './played.ts'
import { contactsDeclared, noTestRedirects, sameProjectClients, separateProduction } from './project.ts'
import { redirectRegistered } from './redirect-match.ts'
import { redirectClean, redirectHost, redirectHttps } from './redirects.ts'
import { backoffJitter, connectionCap } from './limits.ts'
import { asRules, rsRules } from './mocks.ts'
import { lead, singleFlight, tokenLimit } from './refresh.ts'
import { clientFileMode, filesIgnored, libsCurrent, noWebSecretInArtifact, secretNotInVcs } from './repository.ts'
import { scopeMail, scopeMinimal } from './requested-scopes.ts'
import { errorXoauth2, imapOffSurfaced, oauthbearerBytes, xoauth2Bytes } from './sasl.ts'
import { serviceAccountDelegated } from './service-accounts.ts'
import { deadGrantStops, onSignout, sessionEnd } from './session-end.ts'
import { encrypted, fileMode, logs } from './store.ts'
import { keyApart, noLeftovers, symlinkSafe } from './stored-tokens.ts'
import { implicitTls, noInsecureSwitch } from './transport.ts'
import { attestationFresh, casaYearly, verificationDeclared } from './verification.ts'
import { flowCurrent } from './withdrawn.ts'

/** Grows with every check that is added or whose meaning changes; settings can pin it. */
export const catalogueVersion = 5

/** Every check, in the order of the twelve steps. */
export const checks: readonly Check[] = [
  codeOnly,
  issuerExact,
  endpointsGoogle,
  separateProduction,
  noTestRedirects,
  clientPerPlatform,
  sameProjectClients,
  contactsDeclared,
  clientNotShared,
  gmailEnabled,
  imapOffSurfaced,
  readable,
  jsonShape,
  clientIdFormat,
  typeMatchesRuntime,
  redirectHttps,
  redirectHost,
  redirectClean,
  redirectRegistered,
  noOutOfBand,
  loopbackLiteral,
  customScheme,
  secretNotInVcs,
  filesIgnored,
  secretSource,
  noWebSecretInArtifact,
  clientFileMode,
  oneActiveSecret,
  clientIdle,
  serviceAccountDelegated,
  noDeviceFlow,
  scopeMail,
  scopeMinimal,
  adminScopeDelegated,
  scopesSplit,
  offlineAsked,
  productionPublished,
  testUsers,
  verificationDeclared,
  casaYearly,
  brandUrls,
  attestationFresh,
  pkceS256,
  stateForged,
  redirectUriSame,
  plays,
  fileMode,
  encrypted,
  keyApart,
  symlinkSafe,
  noLeftovers,
  implicitTls,
  noInsecureSwitch,
  xoauth2Bytes,
  oauthbearerBytes,
  errorXoauth2,
  lead,
  singleFlight,
  sessionEnd,
  deadGrantStops,
  tokenLimit,
  backoffJitter,
  onSignout,
  connectionCap,
  peek,
  logs,
  flowCurrent,
  libsCurrent,
  waiversCurrent,
  asRules,
  rsRules,
]

/** What only a real account can show; `run` and `check` leave them out. */
export const liveChecks: readonly Check[] = [
  metadata,
  keys,
  imapReachable,
  clientAccepted,
  mailScope,
  grantLasts,
  consent,
  tokens,
  refreshTokenGiven,
  sameAccount,
  storage,
  mechanismOffered,
  badToken,
  xoauth2,
  oauthbearer,
  refresh,
  revocation,
  specialUse,
  readOnly,
  label,
  clock,
  asMetadata,
  tokenErrors,
  imapCapability,
  xoauth2Error,
  imapTls,
]
