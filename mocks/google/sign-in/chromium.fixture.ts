import { mkdir } from 'node:fs/promises'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import axe, { type AxeResults } from 'axe-core'
import { type Browser, type Page, chromium } from 'playwright-core'
import { listenConnect } from '../../doors/connect-proxy.ts'
import type { Pki } from '../../doors/pki.ts'
import { listenHttps } from '../../doors/tls-listener.ts'
import { mockedHosts } from '../endpoints.ts'
import { authorizationParameters } from '../flow.fixture.ts'
import type { OpenGoogle } from '../google.fixture.ts'
import { authorize } from './browser.fixture.ts'

/** Where the pictures of the pages stay; git ignores it. */
const screens = fileURLToPath(new URL('../../../conformance-report/screens/', import.meta.url))

/** Debian's Chromium, as root and without its errands on the network. */
export async function launchChromium(): Promise<Browser> {
  await mkdir(screens, { recursive: true })
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Whatever does not go through the proxy finds nobody.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  })
}

export interface Visitor extends AsyncDisposable {
  readonly page: Page
  /** Opens an authorization request. */
  open(changes?: Readonly<Record<string, string | null>>): Promise<void>
  /** What the application got at its redirection endpoint; waits until something came. */
  callback(): Promise<URLSearchParams>
  /** Keeps a picture of the page and returns what axe-core finds wrong with it: one line for each violation. */
  inspect(name: string): Promise<readonly string[]>
}

/**
 * A new browser profile that runs no scripts, in front of one Google, which it reaches at Google's own addresses through a CONNECT proxy and
 * TLS, and an application that listens on loopback.
 */
export async function visit(browser: Browser, google: OpenGoogle, pki: Pki): Promise<Visitor> {
  const door = await listenHttps(google.world, google.google.handlers, { ...pki, actor: 'user-agent' })
  const routes = Object.fromEntries(mockedHosts.map((host) => [`${host}:443`, door.port]))
  const proxy = await listenConnect(google.world, routes)
  const application = await listenForCallback()
  const context = await browser.newContext({
    // Playwright sends loopback through a proxy too, unless it is told not to.
    proxy: { server: `http://127.0.0.1:${proxy.port}`, bypass: '127.0.0.1' },
    ignoreHTTPSErrors: true,
    javaScriptEnabled: false,
    viewport: { width: 800, height: 900 },
  })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  return {
    page,
    callback: () => application.arrived,
    async open(changes = {}) {
      const redirectUri = `http://127.0.0.1:${application.port}/callback`
      await page.goto(`${authorize}?${await authorizationParameters({ redirect_uri: redirectUri, ...changes })}`)
    },
    async inspect(name) {
      const shoot = () => page.screenshot({ path: `${screens}${name}.png` })
      // On a busy machine Chromium now and then cannot.
      await shoot().catch(shoot)
      return violationsOn(browser, await page.content())
    },
    async [Symbol.asyncDispose]() {
      await context.close()
      await application[Symbol.asyncDispose]()
      await proxy[Symbol.asyncDispose]()
      await door[Symbol.asyncDispose]()
    },
  }
}

/** In a page of its own, because axe-core is a script and the visitor's browser runs none. */
async function violationsOn(browser: Browser, html: string): Promise<readonly string[]> {
  const page = await browser.newPage()
  await page.setContent(html)
  const { violations } = await page.evaluate<AxeResults>(`${axe.source}; axe.run(document)`)
  await page.close()
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(', ')})`)
}

/** A server such as a desktop application opens for its one answer. */
async function listenForCallback() {
  let arrive: (parameters: URLSearchParams) => void = () => {}
  const arrived = new Promise<URLSearchParams>((resolve) => (arrive = resolve))
  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (pathname === '/callback') arrive(searchParams)
    response
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end('<!doctype html><title>Done</title><p>You may close this window.')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    arrived,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
