import fixture from '../../fixtures/google/discovery.json' with { type: 'json' }
import { json } from './answers.ts'
import type { GoogleWorld } from './google-world.ts'
import { route } from './route.ts'

/** The discovery document (OpenID Connect Discovery 1.0 §4; content captured). */
export const discovery = (google: GoogleWorld) =>
  route(google, 'discovery', {
    GET() {
      const { issuerAdvertised, discoveryExtras, discoveryCacheControl } = google.switches
      const response = json('metadata', 200, {
        ...fixture.document,
        ...(issuerAdvertised ? { authorization_response_iss_parameter_supported: true } : {}),
        ...discoveryExtras,
      })
      if (discoveryCacheControl !== null) response.headers.set('cache-control', discoveryCacheControl)
      return response
    },
  })
