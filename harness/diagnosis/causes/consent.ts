import type { Cause } from '../model.ts'

const audience = 'https://support.google.com/cloud/answer/15549945'

/** Why Google's pages stop a user whose application asked well: the project and the people. */
export const consentCauses: readonly Cause[] = [
  {
    id: 'not-a-test-user',
    title: 'The project is in status Testing, and the account is none of its test users',
    explains: ['not-a-tester', 'access_denied'],
    signs: { 'not-a-tester': 12, 'signed-out': -4, 'delegation-scope': -10 },
    answers: { publishing: { testing: 6, production: -10, internal: -10, 'published-later': -8 } },
    user: 'Ask the developer to add the address to the test users.',
    application: 'Add the address under Audience, Test users (100 at most), or publish the application.',
    source: `${audience}; github.com/FujiNetWIFI/fujinet-firmware issue 1486`,
    preset: 'not-a-test-user',
  },
  {
    id: 'user-refused',
    title: 'The user refused, or left every box of the consent screen empty',
    prior: 1,
    explains: ['access_denied'],
    signs: { 'not-a-tester': -12, 'signed-out': 4, 'delegation-scope': -12 },
    answers: { publishing: { testing: -1 } },
    user: 'Sign in again and allow the access to Gmail.',
    application: 'Say at once that access was refused, and offer to try again; do not wait for a code.',
    source: 'https://developers.google.com/identity/protocols/oauth2/web-server#handlingresponse',
    preset: 'any',
  },
  {
    id: 'org-internal',
    title: 'The project is Internal, and the account is not of its organisation',
    explains: ['org_internal', 'organisation-only'],
    signs: { 'organisation-only': 6, org_internal: 6 },
    user: 'Sign in with the account of that organisation.',
    application: 'Set the user type to External if others are to use it.',
    source: audience,
    preset: 'org-internal',
  },
  {
    id: 'admin-blocked',
    title: 'The Workspace administrator restricts the application, or Gmail for applications',
    explains: ['admin_policy_enforced', 'admin-blocks'],
    signs: { admin_policy_enforced: 6, 'admin-blocks': 6 },
    user: 'Ask the administrator to trust the application.',
    application:
      'Give the administrator the client ID and the scopes: Admin console, Security, API controls, App access control.',
    source:
      'https://developers.google.com/identity/protocols/oauth2#expiration; github.com/taers232c/GAMADV-XTD3 issue 449',
    preset: 'admin-blocked',
  },
  {
    id: 'advanced-protection',
    title: 'The account is in Google’s Advanced Protection Program, which lets in few applications but Google’s own',
    explains: ['policy_enforced', 'advanced-protection'],
    signs: { policy_enforced: 6, 'advanced-protection': 6 },
    user: 'Use an account that is not in the program, or leave the program.',
    application: 'Tell the user so and ask no more: a refresh that ends like this succeeds never again.',
    source:
      'https://support.google.com/accounts/answer/7539956; github.com/thunderbird/thunderbird-android issue 8256; github.com/twentyhq/twenty pull request 25148',
    preset: null,
  },
  {
    id: 'consent-screen-unset',
    title: 'The consent screen of the project was not filled in',
    explains: ['restricted_client', 'consent-screen-unset'],
    signs: { restricted_client: 6, 'consent-screen-unset': 6 },
    user: 'Nothing; the developer has to act.',
    application: 'Fill in Branding, the support address included, Audience and Data Access under Google Auth Platform.',
    source: 'github.com/firebase/quickstart-js issue 324; github.com/google/site-kit-wp issue 239',
    preset: null,
  },
  {
    id: 'institution-review',
    title: 'A school’s administrator has not configured the application, and the user is under 18',
    explains: ['access_not_configured', 'institution'],
    signs: { access_not_configured: 6, institution: 6 },
    user: 'Ask the school’s administrator.',
    application: 'Give the administrator the client ID; nothing in the application changes it.',
    source: 'https://support.google.com/accounts/answer/16668185',
    preset: 'institution-review',
  },
  {
    id: 'unverified-cap',
    title: 'The application is not verified, and its 100 new users are used up',
    explains: ['sign-in-disabled', 'disabled_client'],
    signs: { 'sign-in-disabled': 14, 'client-disabled': -10 },
    answers: { unverified: { unverified: 4, verified: -8 } },
    user: 'Nothing; the developer has to act.',
    application:
      'Have the application verified; the count is not reset. Mail is a restricted scope, which takes weeks and an assessment.',
    source: 'https://support.google.com/cloud/answer/7454865; github.com/YukiGasai/obsidian-google-calendar issue 49',
    preset: 'unverified-cap',
  },
]
