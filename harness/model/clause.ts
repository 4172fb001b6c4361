import type { Clause } from './check.ts'

/** A section of an RFC. */
export const rfc = (number: number, section: string): Clause => ({
  text: `RFC ${number} §${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
})

const googlePages = {
  'web-server': 'https://developers.google.com/identity/protocols/oauth2/web-server',
  'native-app': 'https://developers.google.com/identity/protocols/oauth2/native-app',
  oauth2: 'https://developers.google.com/identity/protocols/oauth2',
  policies: 'https://developers.google.com/identity/protocols/oauth2/policies',
  'policy-compliance': 'https://developers.google.com/identity/protocols/oauth2/production-readiness/policy-compliance',
  'best-practices': 'https://developers.google.com/identity/protocols/oauth2/resources/best-practices',
  'oob-migration': 'https://developers.google.com/identity/protocols/oauth2/resources/oob-migration',
  'xoauth2-protocol': 'https://developers.google.com/workspace/gmail/imap/xoauth2-protocol',
  'imap-smtp': 'https://developers.google.com/workspace/gmail/imap/imap-smtp',
  'imap-extensions': 'https://developers.google.com/workspace/gmail/imap/imap-extensions',
  'granular-permissions': 'https://developers.google.com/identity/protocols/oauth2/resources/granular-permissions',
  'restricted-scope-verification':
    'https://developers.google.com/identity/protocols/oauth2/production-readiness/restricted-scope-verification',
  'limited-input-device': 'https://developers.google.com/identity/protocols/oauth2/limited-input-device',
  'manage-clients': 'https://support.google.com/cloud/answer/15549257',
  'app-audience': 'https://support.google.com/cloud/answer/15549945',
} as const

/** A passage of a Google page, by its heading. */
export const google = (page: keyof typeof googlePages, heading: string): Clause => ({
  text: `Google, ${page}, “${heading}”`,
  url: googlePages[page],
})

/** A requirement of the OWASP Application Security Verification Standard 5.0. */
export const asvs = (number: string): Clause => ({
  text: `OWASP ASVS 5.0, ${number}`,
  url: 'https://github.com/OWASP/ASVS/tree/v5.0.0/5.0/en',
})

/** A rule of our own, with what gave the reason for it. */
export const ownRule = (reason: string): Clause => ({
  text: `our own rule: ${reason}`,
  url: 'suites/clarifications.md',
})
