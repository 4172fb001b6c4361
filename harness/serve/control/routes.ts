import * as v from 'valibot'
import { accountRoutes } from './account-routes.ts'
import { clockRoutes } from './clock-routes.ts'
import { members } from './members.ts'
import description from './openapi.json' with { type: 'json' }
import { type Route, route, shown } from './route.ts'
import { worldRoutes } from './world-routes.ts'

const describe = route({
  method: 'GET',
  path: '/openapi.json',
  summary: 'Describe this interface (OpenAPI 3.1).',
  input: members({}),
  examples: [{}],
  success: { status: 200, type: 'application/json', shows: v.looseObject({ openapi: v.string() }) },
  answer: () => shown(description),
})

/** All that the control interface does. */
export const routes: readonly Route[] = [...accountRoutes, ...clockRoutes, ...worldRoutes, describe]
