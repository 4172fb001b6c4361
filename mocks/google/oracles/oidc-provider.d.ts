/** The little of panva's oidc-provider that is used here; the package brings no types. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http'

  interface Grant {
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }

  interface Token {
    save(): Promise<string>
    destroy(): Promise<void>
  }

  interface Client {
    readonly clientId: string
  }

  export default class Provider {
    constructor(issuer: string, configuration: Readonly<Record<string, unknown>>)
    callback(): RequestListener
    on(event: string, listener: (...arguments_: readonly unknown[]) => void): this
    readonly Client: { find(id: string): Promise<Client | undefined> }
    readonly Grant: new (properties: { readonly accountId: string; readonly clientId: string }) => Grant
    readonly AuthorizationCode: new (properties: Readonly<Record<string, unknown>>) => Token
    readonly RefreshToken: new (properties: Readonly<Record<string, unknown>>) => Token
  }
}
