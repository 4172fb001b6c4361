import type { launchChromium } from '../../mocks/google/sign-in/chromium.fixture.ts'
import { openBrowserHop } from '../runtime/browser-hop.ts'

type Browser = Awaited<ReturnType<typeof launchChromium>>

/** A person in front of a browser. */
export interface Visit {
  /** Opens an address as the system’s browser is made to, and returns at once. */
  open(url: string): Promise<void>
  /** Headings of the pages that were passed, then what the last page shows. */
  seen(): Promise<readonly string[]>
}

const press: Readonly<Record<string, string | RegExp>> = {
  'Choose an account': /alice@/,
  'Google hasn’t verified this app': 'Continue',
}

/**
 * A person with a new profile in a real browser, which reaches Google’s addresses through the proxy and loopback by itself.
 *
 * @param decision the button that they press on the screen that asks for access
 */
export function visitWith(browser: Browser, proxyPort: number, decision: 'Continue' | 'Cancel'): Visit {
  const headings: string[] = []
  let walked: Promise<string> | undefined
  const walk = async (url: string): Promise<string> => {
    const context = await browser.newContext({
      proxy: { server: `http://127.0.0.1:${proxyPort}`, bypass: '127.0.0.1' },
      // It is the program and not this browser whose trust is tested.
      ignoreHTTPSErrors: true,
      javaScriptEnabled: false,
    })
    try {
      context.setDefaultTimeout(20_000)
      const page = await context.newPage()
      await using hop = await openBrowserHop(url)
      await page.goto(hop.url)
      while (!page.url().startsWith('http://127.0.0.1:')) {
        const heading = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
        headings.push(heading)
        const asks = heading.includes('wants') && decision === 'Cancel'
        for (const box of await page.getByRole('checkbox').all()) await box.check()
        await page.getByRole('button', { name: press[heading] ?? (asks ? 'Cancel' : 'Continue') }).click()
      }
      return (await page.locator('body').textContent()) ?? ''
    } finally {
      await context.close()
    }
  }
  return {
    async open(url) {
      walked ??= walk(url)
      // Who asks sees it; an unhandled rejection would end the test run instead.
      walked.catch(() => {})
    },
    async seen() {
      const last = await walked
      return last === undefined ? headings : [...headings, last.trim()]
    },
  }
}
