import { google } from '../far-side.ts'

/** A page of Google’s that ends a sign-in without coming back to the program that asked. */
export interface ErrorPage {
  /** What the page says, or its error code. */
  readonly shown: string
  readonly cause: string
  readonly next: string
}

/** Those that people meet with a desktop or web client; texts as `fixtures/google/authorization-errors.json` has them. */
export const errorPages: readonly ErrorPage[] = [
  {
    shown: 'Error 403: access_denied, “has not completed the Google verification process”',
    cause: 'the project is in status Testing, and this account is none of its test users',
    next: 'add the account under Google Auth Platform, Audience, Test users, or publish the project',
  },
  {
    shown: '“Google hasn’t verified this app”',
    cause: 'a warning, not an error: the application asks for mail and was not verified',
    next: 'press Advanced, then “Go to … (unsafe)”, since the application is your own',
  },
  {
    shown: 'Error 400: redirect_uri_mismatch',
    cause: 'a web client that has not registered the address on this machine',
    next: 'use a client of type Desktop app, or register the address with its port exactly as the page shows it',
  },
  {
    shown: 'Error 400: invalid_request, “The loopback flow has been blocked”',
    cause: 'the client is of type iOS, Android or Chrome extension',
    next: 'make a client of type Desktop app under Google Auth Platform, Clients, and use its file',
  },
  {
    shown: 'Error 403: org_internal',
    cause: 'the project’s user type is Internal, and this account belongs to another organisation',
    next: 'use an account of the organisation, or make the user type External under Audience',
  },
  {
    shown: 'Error 400: admin_policy_enforced',
    cause: 'the administrator of the account’s Workspace domain has restricted Gmail for other applications',
    next: 'ask the administrator to trust the client ID: Security, API controls, App access control',
  },
  {
    // github.com/thunderbird/thunderbird-android issue 8256
    shown: 'Error 400: policy_enforced, “Advanced Protection”',
    cause: 'the account is in the Advanced Protection Program, which lets in few applications but Google’s own',
    next: 'use an account that is not; nothing in the project changes this',
  },
  {
    // github.com/firebase/quickstart-js issue 324
    shown: 'Error 403: restricted_client, “This app is not yet configured to make OAuth requests”',
    cause: 'the consent screen of the project was not filled in',
    next: 'fill in Branding, Audience and Data Access under Google Auth Platform, support address included',
  },
  {
    shown: 'Error 400: access_not_configured',
    cause: 'an account of a school, whose administrator has not looked at the application yet',
    next: 'ask the administrator to review it under Security, API controls',
  },
  {
    shown: 'Error 401: invalid_client or deleted_client',
    cause: 'the client in the file is not known any more',
    next: 'download the client file again, or make a new client under Google Auth Platform, Clients',
  },
  {
    shown: 'Error 401: disabled_client, “Sign in with Google temporarily disabled”',
    cause: 'the client was disabled, or an unverified application has had its 100 users',
    next: 'look at the client and at the user cap under Audience; verification lifts the cap',
  },
  {
    shown: 'Error 403: disallowed_useragent',
    cause: 'the address was opened in a window inside another application',
    next: 'copy the address into Chrome, Firefox, Edge or Safari',
  },
  {
    shown: 'Error 400: invalid_scope',
    cause: 'a scope of --scope is none of Google’s',
    next: 'leave --scope out: https://mail.google.com/ opens IMAP',
  },
  {
    shown: 'the browser cannot reach 127.0.0.1 after Continue',
    cause: 'it runs on another machine than this program',
    next: 'forward the port of redirect_uri with ssh -L, then open the address again',
  },
]

/** What a person reads who has got no further for a while. */
export const errorPageLines = (url: string, issuer: string): readonly string[] => [
  'No answer from the browser yet.',
  ...(issuer === google.issuer ? googlePageLines : []),
  ...openByHand(url),
]

const googlePageLines = [
  'If it shows one of these, this is why:',
  ...errorPages.flatMap(({ shown, cause, next }) => [`  ${shown}`, `    ${cause}:`, `    ${next}.`]),
]

export const openByHand = (url: string): readonly string[] => ['Open this address in a browser on this machine:', url]
