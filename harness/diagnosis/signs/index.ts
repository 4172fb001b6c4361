import type { Sign } from '../model.ts'
import { authorizationSigns } from './authorization-pages.ts'
import { mailSigns } from './mail.ts'
import { networkSigns } from './network.ts'
import { tokenEndpointSigns } from './token-endpoint.ts'

/** Everything that is looked for in a log. */
export const signs: readonly Sign[] = [...tokenEndpointSigns, ...authorizationSigns, ...mailSigns, ...networkSigns]

const byId = new Map(signs.map((sign) => [sign.id, sign]))

export const signNamed = (id: string): Sign => byId.get(id)!
