import { expect, test } from 'vitest'
import { makeTemporaryDirectory, removeTree } from '../runtime/files.ts'
import { join } from '../runtime/path.ts'
import { placeFile } from '../runtime/place-file.ts'
import { filesOf } from './find-projects.ts'
import { firstLook } from './first-gate-file.ts'
import { settingsFiles } from './settings-files.ts'

/** What `init gate` takes for a setting, and what only looks like one. */

async function mapped(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const home = await makeTemporaryDirectory('first-look')
  try {
    for (const [path, text] of Object.entries(files)) await placeFile(join(home, path), text, 0o644)
    const { profiles } = await firstLook(...settingsFiles(home, filesOf(home)))
    return profiles.flatMap(({ clients, mapping }) => [
      ...clients.map((client) => `client ${client}`),
      ...[...mapping].map(([setting, where]) => `${setting} ${where}`),
    ])
  } finally {
    await removeTree(home)
  }
}

test('settings of the application', async () => {
  expect(await mapped({ 'config/default.yaml': 'imap: { host: imap.gmail.com }\n' })).toEqual([
    'imap.host config/default.yaml#/imap/host',
  ])
})

test.each([
  ['words for users', 'web/locales/de.json', '{ "imap": { "host": "IMAP-Server", "port": "IMAP-Port" } }'],
  ['a sample', 'config.sample.toml', '[imap]\nhost = "imap.gmail.com"\n'],
  ['what tests are fed with', 'tests/data/settings.yaml', 'imap: { host: imap.gmail.com }\n'],
  ['a chart’s values', 'charts/mail/values.yaml', 'web: { replicas: 2 }\n# Gmail\n'],
  [
    'a sealed secret',
    'deploy/sealed.yaml',
    'kind: SealedSecret\nspec:\n  encryptedData:\n    google-client-id: AgBy3i4OJSWK+PiTySYZZA9rO43\n',
  ],
  [
    'an encrypted value',
    'settings.yaml',
    'google:\n  client_secret: ENC[AES256_GCM,data:Tr7o=,iv:1=,tag:k=,type:str]\n',
  ],
])('not %s', async (_, path, text) => {
  expect(await mapped({ [path]: text })).toEqual([])
})
