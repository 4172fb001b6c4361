import type { Alteration } from '../../../harness/model/alteration.ts'
import { alteredHandlers } from '../../doors/alteration.ts'
import { createInterception } from '../../doors/interception.ts'
import type { Account, MockWorld } from '../../mock-world.ts'
import { createGoogle } from '../handlers.ts'
import { createProject } from '../registration/projects.ts'
import { ProbingClient } from './probing-client.ts'
import { desktop, ruleProbes, web } from './rule-probes.ts'

/**
 * Asks a Google of the same making, with clients of its own, to keep and to break each rule that the standards set for
 * an authorization server, and records what it answered.
 */
export async function probeRules(world: MockWorld, account: Account, alteration?: Alteration): Promise<void> {
  const project = createProject('900000000001', { name: 'Rule probes' })
  const google = createGoogle(world, {
    clients: [desktop, web].map((client) => ({ ...client, project })),
    accounts: [account],
  })
  const { respond } = createInterception(world, alteredHandlers(google.handlers, alteration))
  for (const { rule, story, client, play } of ruleProbes) {
    const probing = new ProbingClient(world, account, client, (request) => respond(request, 'probe'))
    const answer = await play(probing)
    world.journal.record('google', 'as.probe', {
      rule,
      story,
      answer: answer?.ok === true ? 'granted' : 'refused',
      status: answer?.status ?? null,
      cacheControl: answer?.headers.get('cache-control') ?? null,
    })
  }
}
