import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { assertSupported } from './guard.ts'
import { fileURLToPath } from './path.ts'
import { runtime } from './runtime.ts'

test('a Node before 24 is refused in one line', () => {
  for (const node of ['18.20.8', '20.20.2', '22.23.3'])
    expect(() => assertSupported({ node })).toThrow(`oauth-imap needs Node 24 or newer and runs on Node ${node}.`)
})

test('Node from 24 on, Bun and Deno are accepted', () => {
  for (const versions of [
    { node: '24.0.0' },
    { node: '26.1.0' },
    { node: '22.6.0', bun: '1.4.5' },
    { node: '22.6.0', deno: '2.9.5' },
  ])
    expect(() => assertSupported(versions)).not.toThrow()
})

test('this runtime is one of the three and is accepted', () => {
  expect(runtime().version).toMatch(/^\d+\.\d+\.\d+/)
  expect(['node', 'bun', 'deno']).toContain(runtime().name)
  expect(() => assertSupported()).not.toThrow()
})

test('the command’s own entry says it in one line with status 3, before any TypeScript is read', async () => {
  const entry = fileURLToPath(new URL('./guard.mjs', import.meta.url))
  // An old Node is played by its version string: the guard reads nothing else.
  const program = `
    Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })
    import(${JSON.stringify(entry)}).then(({ guarded }) => guarded(() => console.log('started')))`
  const started = runtime().name === 'deno' ? ['eval', program] : ['-e', program]
  const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) =>
    execFile(process.execPath, started, (error, stdout, stderr) => resolve({ code: error?.code, stdout, stderr })),
  )
  expect([code, stdout]).toEqual([3, ''])
  expect(stderr).toMatch(/^oauth-imap needs Node 24 or newer and runs on Node 20\.20\.2\. .*npm ci.*\n$/)
})
