import type * as v from 'valibot'
import type { Served } from '../served-world.ts'

/** What a request that succeeds gets. */
export type Success =
  | { readonly status: 204 }
  | { readonly status: 200; readonly type: string; readonly shows: v.GenericSchema }

interface Statement {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: `/${string}`
  /** In the imperative. */
  readonly summary: string
  readonly success: Success
}

interface Taking<Input> {
  /** The parameters of a query, or the members of a JSON object that POST sends. */
  readonly input: v.GenericSchema<unknown, Input>
  /** Inputs that a world with the account alice@example.com and its messages takes. */
  readonly examples: readonly Input[]
  /** @throws Fault for what this world cannot do */
  answer(served: Served, input: Input): Promise<Response> | Response
}

/** One thing that the control interface does; all of them are `routes.ts`, and its description is made of them. */
export interface Route extends Statement {
  readonly input: v.GenericSchema
  readonly examples: readonly unknown[]
  answer(served: Served, input: unknown): Promise<Response> | Response
}

/** The input reaches `answer` as its schema left it, and no other way. */
export const route = <Input>(statement: Statement & Taking<Input>): Route => statement as unknown as Route

export const done = (): Response => new Response(null, { status: 204 })
export const shown = (value: unknown): Response =>
  new Response(`${JSON.stringify(value)}\n`, { headers: { 'content-type': 'application/json' } })
