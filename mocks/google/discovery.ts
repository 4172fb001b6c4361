import other from '../../fixtures/google/authorization-server-metadata.json' with { type: 'json' }
import fixture from '../../fixtures/google/discovery.json' with { type: 'json' }
import { json } from './answers.ts'
import { isAuthorizationServerMetadata } from './endpoints.ts'
import type { GoogleWorld } from './google-world.ts'
import { route } from './route.ts'

/** The discovery document (OpenID Connect Discovery 1.0 §4), and the metadata of RFC 8414 §3; content captured. */
export const discovery = (google: GoogleWorld) =>
  route(google, 'discovery', {
    GET({ address }) {
      const { issuerAdvertised, discoveryExtras, discoveryCacheControl } = google.switches
      const response = json('metadata', 200, {
        ...(isAuthorizationServerMetadata(address) ? without(fixture.document, other.without) : fixture.document),
        ...(issuerAdvertised ? { authorization_response_iss_parameter_supported: true } : {}),
        ...discoveryExtras,
      })
      if (discoveryCacheControl !== null) response.headers.set('cache-control', discoveryCacheControl)
      return response
    },
  })

const without = (document: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)))
