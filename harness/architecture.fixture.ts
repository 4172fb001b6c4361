/** The architecture as data; `architecture.test.ts` holds every file to it. Patterns match from the start of a path. */
const route =
  'harness/(?:settings|world|play|play-all|check-projects|verify-live|run|run-settings|inspect|inspect-processes|mailbox-files|mailbox-choice|mailbox-server|silence|stage-time|staging|surroundings|version|watch)\\.ts'
const own = 'harness/(?:stages|subjects|vault|gate|live)/'
const plain = `harness/model/|(?!${route})harness/[^/]+\\.ts$`

/** Who may import whom; the first row that fits a file counts. What `types` names, may be imported as a type. */
export const table: readonly { readonly files: string; readonly may: string; readonly types?: string }[] = [
  { files: 'harness/model/', may: 'harness/model/' },
  { files: 'suites/', may: 'suites/|harness/model/' },
  { files: 'fixtures/(?:counterexamples|hostile)/', may: 'fixtures/|harness/model/|harness/subjects/reference/|node:' },
  { files: 'fixtures/(?:oracles|mail-clients)/', may: 'fixtures/oracles/|node:' },
  { files: 'fixtures/', may: '(?!)' },
  { files: 'mocks/(?:doors|mailbox-servers)/', may: 'mocks/|fixtures/|harness/model/|node:', types: 'harness/' },
  { files: 'mocks/', may: 'mocks/|fixtures/|harness/model/', types: 'harness/(?:journal|clock|random|secrets)\\.ts' },
  { files: 'reports/', may: 'reports/|harness/model/' },
  { files: 'harness/runtime/', may: 'harness/runtime/|harness/model/|node:' },
  { files: own, may: `${own}|harness/runtime/|${plain}` },
  { files: 'harness/diagnosis/', may: 'harness/diagnosis/|harness/model/' },
  { files: 'harness/cli/', may: '' },
  { files: 'harness/(?:serve|rehearsal)/', may: 'harness/(?!cli/)|mocks/|package\\.json' },
  { files: route, may: 'harness/(?!cli/)|mocks/|package\\.json' },
  { files: 'harness/[^/]+\\.ts', may: plain },
]

/** The files that may import a package: one door each, and a door of its own for each side of a wire. */
export const doors: Readonly<Record<string, string>> = {
  '@balena/dockerignore': 'harness/gate/repository/image',
  '@noble/hashes': 'mocks/google/grants/pkce',
  '@mswjs/interceptors': 'harness/stages/fetch-network',
  '@peculiar/x509': 'mocks/doors/pki',
  '@renovatebot/pep440': 'harness/gate/repository/affected',
  '@secretlint/core': 'harness/gate/repository/credentials',
  '@secretlint/secretlint-rule-privatekey': 'harness/gate/repository/credentials',
  '@sinonjs/fake-timers': 'harness/stages/virtual-time',
  'axe-core': 'mocks/google/sign-in/chromium',
  asn1js: 'mocks/doors/trust-store',
  commander: 'harness/cli/',
  'google-auth-library': 'fixtures/oracles/',
  ignore: 'harness/gate/repository/package',
  imap: 'fixtures/mail-clients/',
  imapflow: 'harness/subjects/reference/|fixtures/counterexamples/|fixtures/mail-clients/',
  jose: 'mocks/google/(?:id-tokens/signature|service-accounts/assertion)|harness/vault/jwe',
  msw: 'mocks/google/|mocks/doors/|harness/stages/fetch-network',
  'node-html-parser': 'mocks/user-agent/screen',
  open: 'harness/runtime/open-browser',
  'openid-client': 'harness/subjects/reference/|harness/live/account/openid|fixtures/counterexamples/',
  pako: 'mocks/gmail/wire/deflate|harness/inflate',
  picocolors: 'reports/colours',
  'playwright-core': 'mocks/google/sign-in/chromium',
  'reflect-metadata': 'mocks/doors/pki',
  semver: 'harness/gate/repository/affected',
  testcontainers: 'mocks/mailbox-servers/container',
  valibot: 'harness/gate/|harness/serve/|harness/settings\\.ts',
  'jsonc-parser': 'harness/gate/json-tree',
  dotenv: 'harness/gate/environment-tree',
  tldts: 'harness/gate/uri',
  'toml-eslint-parser': 'harness/gate/toml-tree',
  yaml: 'harness/serve/world-file|harness/gate/yaml-tree',
}
