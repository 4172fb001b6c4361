import { assertSupported } from './guard.ts'
import { runtime } from './runtime.ts'

/** Vitest starts on any Node and `bun vitest` silently runs on Node, so the run says what it wants and is held to it. */
export default function setup(): void {
  assertSupported()
  const wanted = process.env['EXPECT_RUNTIME']
  const { name, version } = runtime()
  if (wanted !== undefined && wanted !== name)
    throw new Error(`EXPECT_RUNTIME is ${wanted}, and this is ${name} ${version}`)
}
