import { describe, expect, test } from 'vitest'
import { type Ecosystem, advisoryOn, isOfThisField } from './affected.ts'
import known from './libraries.json' with { type: 'json' }
import { isLockFile, readLockFile } from './lock-files.ts'

describe('what is known against a version', () => {
  test.each<readonly [Ecosystem, string, string, string | null]>([
    ['npm', 'nodemailer', '6.9.8', '9.1.0'],
    ['npm', 'nodemailer', '9.1.0-beta.1', '9.1.0'],
    ['npm', 'nodemailer', '9.1.0', null],
    ['npm', 'nodemailer', '10.0.0', null],
    ['npm', 'jose', '2.0.6', '4.15.5'],
    ['npm', 'jose', '2.0.7', null],
    ['npm', 'jose', '3.0.0', '4.15.5'],
    ['npm', 'jose', '4.15.5', null],
    ['npm', 'nodemailer', 'github:nodemailer/nodemailer', null],
    ['PyPI', 'oauthlib', '3.1.0', null],
    ['PyPI', 'oauthlib', '3.2.2rc1', '3.2.2'],
    ['PyPI', 'oauthlib', '3.2.2', null],
    ['PyPI', 'authlib', '1.6.10', null],
    ['PyPI', 'authlib', '1.6.5', '1.6.9'],
    ['Go', 'golang.org/x/oauth2', '0.0.0-20240101000000-abcdefabcdef', '0.27.0'],
    ['Go', 'golang.org/x/oauth2', '0.30.0', null],
    ['RubyGems', 'net-imap', '0.4.20', null],
    ['RubyGems', 'net-imap', '0.4.19', '0.5.7'],
    ['Packagist', 'webklex/php-imap', 'v5.2.0', '5.3.0'],
    ['Maven', 'com.google.oauth-client:google-oauth-client', '1.33.3', null],
    ['Maven', 'com.google.oauth-client:google-oauth-client', '1.30.5', '1.33.3'],
  ])('%s %s %s', (ecosystem, name, version, fixedIn) => {
    expect(advisoryOn(ecosystem, name, version)?.fixedIn ?? null).toBe(fixedIn)
  })

  test('what nothing mends is told as such', () => {
    expect(advisoryOn('PyPI', 'python-jose', '3.3.0')).toMatchObject({ id: 'GHSA-6c5p-j8vq-pqhj', fixedIn: null })
  })

  test.each(known.advisories)('$id of $package has a source, and is about a library of this field', (advisory) => {
    expect(advisory.source).toMatch(/^https:\/\/github\.com\//)
    expect(advisory.id).toMatch(/^(?:GHSA(?:-[0-9a-z]{4}){3}|CVE-\d{4}-\d+)$/)
    expect(isOfThisField(advisory.ecosystem as Ecosystem, advisory.package)).toBe(true)
    const { ecosystem, package: name, fixedIn } = advisory
    if (fixedIn !== null) expect(advisoryOn(ecosystem as Ecosystem, name, fixedIn)?.id).not.toBe(advisory.id)
  })
})

describe('lock files', () => {
  test.each<readonly [string, string, string, string, number]>([
    [
      'package-lock.json',
      '{\n"packages": {\n"": {"version": "1.0.0"},\n"node_modules/a/node_modules/@x/mail": {\n"version": "1.2.3"}}}',
      '@x/mail',
      '1.2.3',
      4,
    ],
    [
      'package-lock.json',
      '{"dependencies":\n{"a":{"version":"1.0.0","dependencies":\n{"mail":{"version":"2.0.0"}}}}}',
      'mail',
      '2.0.0',
      3,
    ],
    [
      'yarn.lock',
      '# yarn lockfile v1\n\nmail@^1.0.0, mail@~1.2:\n  version "1.2.3"\n  resolved "x"\n',
      'mail',
      '1.2.3',
      3,
    ],
    ['yarn.lock', '__metadata:\n  version: 8\n\n"@x/mail@npm:^1.0.0":\n  version: 1.2.3\n', '@x/mail', '1.2.3', 4],
    ['pnpm-lock.yaml', "packages:\n\n  '@x/mail@1.2.3(a@2.0.0)':\n    resolution: {}\n", '@x/mail', '1.2.3', 3],
    ['pnpm-lock.yaml', 'packages:\n  /mail/1.2.3_a@2.0.0:\n    dev: false\n', 'mail', '1.2.3', 2],
    ['bun.lock', '{\n  "packages": {\n    "mail": ["mail@1.2.3", "", {}, "sha512-"],\n', 'mail', '1.2.3', 3],
    ['deno.lock', '{\n  "npm": {\n    "@x/mail@1.2.3_a@2.0.0": {\n', '@x/mail', '1.2.3', 3],
    ['poetry.lock', '[[package]]\nname = "Google_Auth"\nversion = "2.0.0"\n', 'google-auth', '2.0.0', 2],
    ['uv.lock', 'version = 1\n\n[[package]]\nname = "authlib"\nversion = "1.6.9"\n', 'authlib', '1.6.9', 4],
    ['Cargo.lock', '[[package]]\nname = "imap"\nversion = "2.4.1"\n', 'imap', '2.4.1', 2],
    [
      'Pipfile.lock',
      '{\n    "default": {\n        "oauthlib": {\n            "version": "==3.2.2"\n',
      'oauthlib',
      '3.2.2',
      3,
    ],
    ['requirements-prod.txt', '# mail\noauthlib[signals]==3.2.2 ; python_version >= "3.8"\n', 'oauthlib', '3.2.2', 2],
    [
      'go.sum',
      'golang.org/x/oauth2 v0.9.0 h1:a=\ngolang.org/x/oauth2 v0.27.0 h1:b=\ngolang.org/x/oauth2 v0.30.0/go.mod h1:c=\n',
      'golang.org/x/oauth2',
      '0.27.0',
      2,
    ],
    ['Gemfile.lock', 'GEM\n  specs:\n    net-imap (0.5.7)\n      date\n', 'net-imap', '0.5.7', 3],
    [
      'composer.lock',
      '{\n  "packages": [\n    {\n      "name": "webklex/php-imap",\n      "version": "5.3.0",\n',
      'webklex/php-imap',
      '5.3.0',
      4,
    ],
    [
      'gradle.lockfile',
      '# comment\norg.eclipse.angus:smtp:2.0.4=runtimeClasspath\n',
      'org.eclipse.angus:smtp',
      '2.0.4',
      2,
    ],
  ])('%s', (path, text, name, version, line) => {
    expect(isLockFile(`a/${path}`)).toBe(true)
    expect(readLockFile(path, text)).toContainEqual(expect.objectContaining({ name, version, line, pinned: true }))
  })

  test('what only development needs is not shipped', () => {
    const text = '{"packages":{"node_modules/mail":{"version":"1.0.0","dev":true}}}'
    expect(readLockFile('package-lock.json', text)).toEqual([])
  })

  test.each(['oauthlib', 'oauthlib>=3', 'oauthlib==3.*', 'oauthlib~=3.2'])('%s names no version', (text) => {
    expect(readLockFile('requirements.txt', text)).toMatchObject([{ name: 'oauthlib', version: '', pinned: false }])
  })

  test.each(['-r other.txt', '# oauthlib==1', '', '--hash=sha256:00'])('%j names nothing', (text) => {
    expect(readLockFile('requirements.txt', text)).toEqual([])
  })

  test('other files are none, and a broken one holds nothing', () => {
    expect(isLockFile('package.json')).toBe(false)
    expect(readLockFile('package-lock.json', '{')).toEqual([])
  })
})
