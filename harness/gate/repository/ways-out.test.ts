import { describe, expect, test } from 'vitest'
import { wayIntoImage } from './image.ts'
import { wayIntoNpm, wayIntoSdist } from './package.ts'

const image = (dockerfile: string, file: string, ignore?: string, folder = '') =>
  wayIntoImage(
    {
      dockerfile: { path: `${folder}Dockerfile`, text: dockerfile },
      ignore: ignore === undefined ? undefined : { path: '.dockerignore', text: ignore },
    },
    file,
  )

describe('an image takes a file along', () => {
  test.each([
    ['COPY . .', '.env'],
    ['COPY ./ /app/', 'state/token.json'],
    ['ADD --chown=node:node state /app', 'state/token.json'],
    ['COPY ["state/", "/app/"]', 'state/token.json'],
    ['COPY .e* ./', '.env'],
    ['copy package.json \\\n  # a remark\n  .env ./', '.env'],
    ['COPY . .\n\nFROM base\nRUN true', '.env'],
  ])('%s: %s', (lines, file) => {
    expect(image(`FROM node:24 AS base\n${lines}\n`, file)).toMatchObject({ by: 'Dockerfile:2', excludedBy: null })
  })

  test.each([
    ['COPY src ./', '.env'],
    ['COPY src* ./', 'other/src'],
    ['COPY --from=build . .', '.env'],
    ['ADD https://example.com/.env ./', '.env'],
    ['COPY <<EOF /app/.env\nA=1\nEOF', '.env'],
    ['COPY . .\nFROM scratch', '.env'],
    ['# COPY . .', '.env'],
  ])('not %s: %s', (lines, file) => {
    expect(image(`FROM node:24\n${lines}\n`, file)).toBeUndefined()
  })

  test('only below its own folder', () => {
    expect(image('FROM a\nCOPY . .', '.env', undefined, 'docker/')).toBeUndefined()
    expect(image('FROM a\nCOPY . .', 'docker/.env', undefined, 'docker/')).toMatchObject({ by: 'docker/Dockerfile:2' })
  })

  test.each([
    ['.env', '.env', '.dockerignore:1'],
    ['# secrets\n**/.env*', 'app/.env.local', '.dockerignore:2'],
    ['*\n!src', '.env', '.dockerignore:1'],
    ['.env\n!.env', '.env', null],
    // Unlike in .gitignore, a name without a slash is that of a file at the top.
    ['.env', 'app/.env', null],
    ['.ENV', '.env', null],
    ['state\n!state/public', 'state/public/token.json', null],
    ['.env\n!.env\n.e*\n*', '.env', '.dockerignore:3'],
    [`.env\n${'\n#'.repeat(20_000)}`, '.env', '.dockerignore:1'],
  ])('unless .dockerignore stops it: %j, %s', (ignore, file, excludedBy) => {
    expect(image('FROM a\nCOPY . .\n', file, ignore)).toEqual({ by: 'Dockerfile:2', excludedBy })
  })
})

describe('patterns that were made to be tried for ever end', () => {
  const [endless, file] = [`${'*a'.repeat(40)}*b`, `${'a'.repeat(150)}.json`]
  test.each([
    [`COPY ${endless} ./`, undefined, undefined],
    ['COPY [z-a].json ./', undefined, undefined],
    ['COPY . .', endless, null],
    ['COPY . .', `*\n!${endless}`, null],
    ['COPY . .', `${endless}\n*.json`, '.dockerignore:2'],
  ])('of an image: %.24s, %.24j', (copy, ignore, excludedBy) => {
    expect(image(`FROM a\n${copy}\n`, file, ignore)?.excludedBy).toBe(excludedBy)
  })

  test.each([`include ${endless}`, 'include [z-a].json', `recursive-include . ${endless}`])(
    'of a package: %.24s',
    (line) => {
      expect(wayIntoSdist('', texts({ 'MANIFEST.in': `${line}\n` }), file)).toBeUndefined()
    },
  )
})

const texts = (files: Readonly<Record<string, string>>) => (path: string) => files[path]
const manifest = (more: object): string => JSON.stringify({ name: 'mail', version: '1.0.0', ...more }, null, 1)

describe('npm takes a file along', () => {
  test.each([
    ['nothing that limits it', { 'package.json': manifest({}) }, null],
    ['.gitignore', { 'package.json': manifest({}), '.gitignore': '\n.env\n' }, '.gitignore:2'],
    ['.npmignore goes first', { 'package.json': manifest({}), '.gitignore': '.env', '.npmignore': 'a' }, null],
    ['.npmignore', { 'package.json': manifest({}), '.npmignore': '*\n!.env*\n.env' }, '.npmignore:3'],
    ['a list without it', { 'package.json': manifest({ files: ['dist'] }) }, 'package.json:4'],
    ['a list with it', { 'package.json': manifest({ files: ['dist', './.env'] }) }, null],
    ['a list that takes it out again', { 'package.json': manifest({ files: ['*', '!.env'] }) }, 'package.json:4'],
  ])('%s', (_, files, excludedBy) => {
    expect(wayIntoNpm('', texts(files), '.env')).toEqual({ by: 'package.json:1', excludedBy })
  })

  test.each([
    ['a private package', { 'package.json': manifest({ private: true }) }, '.env'],
    ['a package without a version', { 'package.json': '{"name":"mail"}' }, '.env'],
    ['what is no JSON', { 'package.json': '{' }, '.env'],
    ['what npm never takes', { 'package.json': manifest({}) }, '.npmrc'],
    ['no package', {}, '.env'],
  ])('not from %s', (_, files, file) => {
    expect(wayIntoNpm('', texts(files), file)).toBeUndefined()
  })

  test('a list within a folder of several packages counts from there', () => {
    const files = texts({ 'packages/a/package.json': manifest({ files: ['lib'] }) })
    expect(wayIntoNpm('packages/a/', files, 'packages/a/lib/.env')).toMatchObject({ excludedBy: null })
    expect(wayIntoNpm('packages/a/', files, 'packages/a/.env')).toMatchObject({
      excludedBy: 'packages/a/package.json:4',
    })
  })
})

describe('a source distribution takes a file along', () => {
  test.each([
    ['include *.json', 'token.json', 'MANIFEST.in:1', null],
    ['# all\nrecursive-include mail *', 'mail/state/token.json', 'MANIFEST.in:2', null],
    ['global-include *.json\nglobal-exclude token*', 'mail/token.json', 'MANIFEST.in:1', 'MANIFEST.in:2'],
    ['graft mail\nprune mail/state\ninclude mail/state/token.json', 'mail/state/token.json', 'MANIFEST.in:3', null],
  ])('%j', (text, file, by, excludedBy) => {
    expect(wayIntoSdist('', texts({ 'MANIFEST.in': text }), file)).toEqual({ by, excludedBy })
  })

  test.each([
    ['include *.json', 'mail/token.json'],
    ['recursive-include mail *.py', 'mail/token.json'],
    ['prune mail', 'mail/token.json'],
    ['', 'token.json'],
  ])('not by %j', (text, file) => {
    expect(wayIntoSdist('', texts({ 'MANIFEST.in': text }), file)).toBeUndefined()
  })
})
