import type { Inspector } from './inspect.ts'
import type { RunSettings } from './run-settings.ts'
import { makeDirectory } from './runtime/files.ts'
import { availableInstruments } from './runtime/instruments.ts'
import { childCarrier } from './stages/child.ts'
import { type Stage, openStage } from './stages/stage.ts'
import type { Surroundings } from './surroundings.ts'
import type { World } from './world.ts'

/** Where a scenario's subject is; it may be nowhere. */
export interface Staged extends AsyncDisposable {
  readonly stage: Stage | undefined
}

/** Our own clients share a thread, one world after the other; a stranger could harm it, or live on into the next world. */
export const isOurs = ({ kind }: RunSettings['subject']): boolean => kind === 'reference' || kind === 'counterexample'

/** Looks at what a process does differ from run to run; what our own clients tell of themselves must not. */
export const observes = ({ subject }: RunSettings): boolean =>
  !isOurs(subject) && availableInstruments().includes('process-observation')

export const envOf = ({ proxy }: World, surroundings: Surroundings | undefined): Readonly<Record<string, string>> =>
  proxy === undefined ? {} : (surroundings?.(proxy) ?? {})

/** The lane's own thread where that will do, otherwise a process that ends with its world. */
export async function stageFor(
  kind: 'worker' | 'child' | 'none',
  home: string,
  { subject }: RunSettings,
  thread: Stage,
  { inspector, env }: { readonly inspector: Inspector; readonly env: Readonly<Record<string, string>> },
): Promise<Staged> {
  if (kind === 'none') return { stage: undefined, [Symbol.asyncDispose]: async () => {} }
  await makeDirectory(home)
  if (kind === 'worker' && isOurs(subject)) return { stage: thread, [Symbol.asyncDispose]: async () => {} }
  // The most permissive mask: what a subject leaves readable for others then really is.
  const stage = openStage(childCarrier({ home, umask: 0, env, record: inspector.processes }), subject.module)
  return { stage, [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose]() }
}
