export type RuntimeName = 'node' | 'bun' | 'deno'

/** Which program runs this code, and its own version (Bun and Deno state a Node version as well). */
export function runtime(): { readonly name: RuntimeName; readonly version: string } {
  const { bun, deno, node } = process.versions as Readonly<Record<string, string | undefined>>
  if (bun !== undefined) return { name: 'bun', version: bun }
  if (deno !== undefined) return { name: 'deno', version: deno }
  return { name: 'node', version: node ?? 'unknown' }
}
