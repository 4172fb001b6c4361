import { chmodSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openBrowserHop } from './browser-hop.ts'
import { exists, makeTemporaryDirectory, removeTree, writeWhole } from './files.ts'
import { openInBrowser } from './open-browser.ts'
import { realWait } from './real-time.ts'

const target = 'https://accounts.example/auth?state=of-one-sign-in&nonce=of-one-sign-in'

const visit = (url: string, told: { method?: string; headers?: Record<string, string> } = {}) =>
  new Promise<{ status: number | undefined; location: string | undefined; cache: string | undefined }>(
    (resolve, reject) => {
      const outgoing = request(url, { agent: false, ...told }, (incoming) => {
        const { location, 'cache-control': cache } = incoming.headers
        incoming.resume()
        resolve({ status: incoming.statusCode, location, cache })
      })
      outgoing.once('error', reject)
      outgoing.end()
    },
  )

test('a hop leads its first visitor on, and tells every later one that it was used', async () => {
  await using hop = await openBrowserHop(target)
  expect(hop.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  expect(await visit(hop.url)).toEqual({ status: 303, location: target, cache: 'no-store' })
  expect(await visit(hop.url)).toMatchObject({ status: 410, location: undefined })
})

test('a hop is not used up by what is no visit of a person', async () => {
  await using hop = await openBrowserHop(target)
  expect((await visit(`${hop.url}favicon.ico`)).status).toBe(404)
  expect((await visit(hop.url, { method: 'HEAD' })).status).toBe(404)
  // A page of somebody else may let its own name lead here.
  expect((await visit(hop.url, { headers: { host: 'rebound.example' } })).status).toBe(404)
  expect((await visit(hop.url)).status).toBe(303)
})

const fakeBrowser = async (path: string, seen: string): Promise<void> => {
  // It lives on for longer than this test may take.
  await writeWhole(path, `#!/bin/sh\nprintf '%s\\n' "$#" "$@" > ${seen}.part; mv ${seen}.part ${seen}\nexec sleep 5\n`)
  chmodSync(path, 0o700)
}

const argumentsSeen = async (seen: string): Promise<readonly string[]> => {
  while (!(await exists(seen))) await realWait(10)
  const [count, ...args] = readFileSync(seen, 'latin1').trimEnd().split('\n')
  await removeTree(seen)
  expect(count).toBe(String(args.length))
  return args
}

test('the browser that BROWSER names is started with the hop alone, and nobody waits for it', async () => {
  const home = await makeTemporaryDirectory('oauth-imap-browser')
  onTestFinished(() => removeTree(home))
  const browser = `${home}/browser`
  await fakeBrowser(browser, `${home}/seen`)
  for (const [command, before] of [
    [browser, []],
    [`${home}/none:${browser} --new-window %s`, ['--new-window']],
  ] as const) {
    expect(await openInBrowser(target, { BROWSER: command })).toBe(true)
    const args = await argumentsSeen(`${home}/seen`)
    expect(args.slice(0, -1)).toEqual(before)
    expect(await visit(args.at(-1)!)).toMatchObject({ status: 303, location: target })
  }
})

test.runIf(process.platform === 'linux')('without BROWSER the system’s own is started in the same way', async () => {
  const home = await makeTemporaryDirectory('oauth-imap-browser')
  onTestFinished(() => removeTree(home))
  await fakeBrowser(`${home}/x-www-browser`, `${home}/seen`)
  // A system that has no other browser than this one.
  for (const [name, value] of [
    ['DISPLAY', ':99'],
    ['PATH', `${home}:${process.env['PATH']}`],
    ['XDG_DATA_DIRS', home],
    ['XDG_DATA_HOME', home],
    ['BROWSER', undefined],
  ] as const)
    vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(await openInBrowser(target)).toBe(true)
  const [address, ...others] = await argumentsSeen(`${home}/seen`)
  expect(others).toEqual([])
  expect(await visit(address!)).toMatchObject({ status: 303, location: target })
})

test('where nobody sees a window, or no browser can be started, the caller is told', async () => {
  if (process.platform === 'linux') expect(await openInBrowser(target, {})).toBe(false)
  expect(await openInBrowser(target, { BROWSER: '/nowhere/browser' })).toBe(false)
})

test.runIf(process.platform === 'linux')(
  'a browser is told nothing of secrets that this process was told',
  async () => {
    const home = await makeTemporaryDirectory('oauth-imap-browser')
    onTestFinished(() => removeTree(home))
    onTestFinished(() => void vi.unstubAllEnvs())
    const browser = `${home}/browser`
    const seen = `${home}/seen`
    await writeWhole(browser, `#!/bin/sh\nenv > ${seen}.part; mv ${seen}.part ${seen}\n`)
    chmodSync(browser, 0o700)
    const told = async (withheld: readonly string[]): Promise<string> => {
      vi.stubEnv('PLANTED_KEY', 'planted-secret')
      vi.stubEnv('BROWSER', browser)
      expect(await openInBrowser(target, process.env, withheld)).toBe(true)
      while (!(await exists(seen))) await realWait(10)
      const text = readFileSync(seen, 'latin1')
      await removeTree(seen)
      return text
    }
    // It would stand there.
    expect(await told([])).toContain('planted-secret')
    expect(await told(['PLANTED_KEY'])).not.toContain('planted-secret')
  },
)
