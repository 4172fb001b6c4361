import { spawn } from 'node:child_process'
import { openBrowserHop } from './browser-hop.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Shows an address in the browser of whoever sits here: the one that BROWSER names, else the system’s. Nobody waits for
 * it, and it outlives this process. The address itself stands in no program’s arguments.
 *
 * @param withheld variables that hold secrets: neither a browser nor what it starts has anything to do with them, and
 *   this process has read them
 * @returns whether a browser was started; where nobody sees a window, or none could be started, the caller shows the address
 */
export async function openInBrowser(
  url: string,
  environment: Environment = process.env,
  withheld: readonly string[] = [],
): Promise<boolean> {
  const commands = (environment['BROWSER'] ?? '').split(':').filter((command) => command.trim() !== '')
  if (commands.length === 0 && isHeadless(environment)) return false
  const hop = await openBrowserHop(url)
  // The library hands on the environment of this process as it is.
  for (const name of withheld) delete process.env[name]
  try {
    if (commands.length === 0) await (await import('open')).default(hop.url)
    else await startFirst(commands, hop.url)
    return true
  } catch {
    await hop[Symbol.asyncDispose]()
    return false
  }
}

const isHeadless = ({ DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME }: Environment): boolean =>
  process.platform !== 'win32' &&
  process.platform !== 'darwin' &&
  [DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME].every((display) => display === undefined || display === '')

/** BROWSER is a list of commands, of which the first that can be started counts; `%s` in it is the address. */
async function startFirst(commands: readonly string[], url: string): Promise<void> {
  let last: unknown
  for (const command of commands) {
    const words = command.trim().split(/\s+/)
    const [program = '', ...args] = words.map((word) => word.replaceAll('%s', url))
    if (!command.includes('%s')) args.push(url)
    try {
      return await start(program, args)
    } catch (error) {
      last = error
    }
  }
  throw last
}

const start = (program: string, args: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    child.once('error', reject)
    child.once('spawn', () => {
      child.off('error', reject)
      child.on('error', () => {})
      child.unref()
      resolve()
    })
  })
