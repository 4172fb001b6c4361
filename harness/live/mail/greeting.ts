import type { LiveContext } from '../context.ts'

/** Greeting, capabilities and ID before login: records `live.greeting`, `live.capabilities`, `live.id`; looks for drift. */
export async function lookAtGreeting(_: LiveContext): Promise<string> {
  throw new Error('not written yet')
}
