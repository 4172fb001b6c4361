import { http } from 'msw/http'
import fixture from '../../fixtures/google/discovery.json' with { type: 'json' }
import { json } from './answers.ts'
import { addresses } from './endpoints.ts'
import type { GoogleWorld } from './google-world.ts'

/** The discovery document (OpenID Connect Discovery 1.0 §4; content captured). */
export const discovery = ({ faults, switches }: GoogleWorld) =>
  addresses.discovery.map((address) =>
    http.get(address, () =>
      faults.answer('discovery', () => {
        const response = json('metadata', 200, {
          ...fixture.document,
          ...(switches.issuerAdvertised ? { authorization_response_iss_parameter_supported: true } : {}),
          ...switches.discoveryExtras,
        })
        if (switches.discoveryCacheControl !== null)
          response.headers.set('cache-control', switches.discoveryCacheControl)
        return response
      }),
    ),
  )
