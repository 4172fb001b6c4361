import * as v from 'valibot'
import type { GmailSwitches } from '../model/gmail-setup.ts'
import type { GoogleSwitches } from '../model/google-switches.ts'
import { googleEndpoints } from '../model/observation.ts'
import { type ImapSettings, type MailSwitches, folderLanguages, systemFolderNames } from '../model/mail-setup.ts'
import { members } from './control/members.ts'

/** One schema for each member, of the member's own type: a switch that is added to the model is missing here at once. */
type Members<T> = { readonly [K in keyof T]-?: v.GenericSchema<T[K]> }

const flag = v.boolean()
const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const choice = <const T extends readonly string[]>(...options: T) => v.picklist(options)

/** `mocks/google/switches.ts` holds the defaults and says why each stands. */
export const googleSwitches = {
  discoveryExtras: v.record(v.string(), v.unknown()),
  discoveryCacheControl: v.nullable(text),
  issuerAdvertised: flag,
  issuerInRedirect: flag,
  issuerInErrorRedirect: flag,
  errorPageStatus: v.picklist([200, 400]),
  unknownResponseType: choice('response-type-unknown', 'response-type-unsupported'),
  promptNoneErrors: members({ noSession: text, noConsent: text, severalAccounts: text }),
  backToSafety: choice('access_denied', 'nowhere'),
  timeLimits: v.array(count),
  codeLifetime: count,
  codeReuseEndsGrant: flag,
  refusedExchangeUsesCode: flag,
  installedRepeatLogin: choice('refresh-token', 'none'),
  deadTokenRemembered: count,
  refreshTokenRotation: flag,
  testingExpiryAnnounced: flag,
  refreshTokensPerAccount: v.nullable(count),
  passwordChangeEndsAccessTokens: flag,
  consentEndsAccessTokens: flag,
  reactivatedAccount: choice('tokens-dead', 'tokens-live'),
  inactiveClient: choice('kept', 'deleted'),
  idTokenOnRefresh: flag,
  scopeSpelling: choice('long', 'as-requested'),
  revocationBody: text,
  tokenRequestBody: choice('form', 'form-or-json'),
  missingGrantType: choice('grant-type-unknown', 'grant-type-missing'),
  usedCodeWording: choice('grant-bad', 'code-used-older'),
  basicCredentials: choice('as-sent', 'form-decoded'),
  bothCredentials: choice('refused', 'header-counts'),
  tokenQuota: v.nullable(count),
  deviceQuota: v.nullable(count),
  tokenOutage: v.nullable(choice('internal-failure', 'backend-error')),
  wrongMethod: choice('not-found', 'method-not-allowed'),
  crossOrigin: v.array(v.picklist([...googleEndpoints, 'elsewhere'])),
  idTokenIssuer: choice('https://accounts.google.com', 'accounts.google.com'),
  userinfoRefusal: choice('userinfo-bad', 'credentials-invalid'),
  userinfoVersion3: choice('sub', 'id'),
  tokeninfoRefusal: choice('tokeninfo-bad', 'tokeninfo-bad-bare'),
  unknownServiceAccount: choice('service-account-unknown', 'client-unknown'),
  unknownSubject: choice('assertion-user-unknown', 'assertion-user-unknown-older'),
  delegationSpread: count,
  wrongSecretWording: choice('client-secret-wrong', 'client-secret-wrong-older'),
} satisfies Members<GoogleSwitches>

/** `mocks/gmail/front/switches.ts` holds the defaults and says why each stands. */
export const gmailSwitches = {
  xoauth2ErrorStatus: choice('400', '401'),
  malformedSasl: choice('bad', 'no-after-challenge'),
  refusalsAfterChallenge: choice('as-captured', 'all'),
  saslContinuation: v.nullable(text),
  capabilitiesAfterLogin: choice('untagged', 'code', 'silent'),
  connectionsPerAccount: count,
  passwordSessionLength: count,
} satisfies Members<GmailSwitches>

/** `mocks/gmail/core/switches.ts` holds the defaults and says why each stands. */
export const mailSwitches = {
  highestModSeqText: v.nullable(text),
  bothChildAttributes: flag,
  moveUids: choice('tagged', 'untagged'),
  xyzzy: text,
  renameInbox: choice('moves-messages', 'refused'),
  expungedDraft: choice('deleted', 'archived'),
  createBelowRoot: choice('label', 'refused'),
} satisfies Members<MailSwitches>

/** What the owners of all accounts chose in Gmail’s settings. */
export const imapSettings = {
  autoExpunge: flag,
  expungeBehavior: choice('archive', 'trash', 'deleteForever'),
  hidden: v.array(v.picklist(systemFolderNames)),
  language: v.picklist(folderLanguages),
  root: choice('[Gmail]', '[Google Mail]'),
} satisfies Members<ImapSettings>
