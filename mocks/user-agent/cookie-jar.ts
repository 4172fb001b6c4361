/** The cookies of one browser: by origin, names and values only, for as long as the world lasts. */
export class CookieJar {
  readonly #cookies = new Map<string, Map<string, string>>()

  store(origin: string, response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^\s*([^=;]+)=([^;]*)/.exec(cookie) ?? []
      const cookies = this.#cookies.get(origin) ?? new Map<string, string>()
      if (name !== '') this.#cookies.set(origin, cookies.set(name, value))
    }
  }

  /** The `Cookie` header for an origin; null when there is nothing to send. */
  header(origin: string): string | null {
    const cookies = [...(this.#cookies.get(origin) ?? [])]
    return cookies.length === 0 ? null : cookies.map(([name, value]) => `${name}=${value}`).join('; ')
  }
}
