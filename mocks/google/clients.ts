import type { ClientCredentials } from '../../harness/model/world.ts'

/** An OAuth client as Google keeps it; consents belong to its project (Google, cross-client identity). */
export interface RegisteredClient extends ClientCredentials {
  readonly project: string
}

export const findClient = (clients: readonly RegisteredClient[], clientId: string): RegisteredClient | undefined =>
  clients.find((client) => client.client_id === clientId)
