import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

interface Machine {
  readonly platform: string
  readonly home: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Where programs of this system keep what they must not lose (XDG Base Directory Specification, Apple, Microsoft). */
export function applicationHome(
  environment: Environment = process.env,
  { platform, home }: Machine = { platform: process.platform, home: homedir() },
): string {
  if (platform === 'win32') return environment['LOCALAPPDATA'] ?? win32.join(home, 'AppData', 'Local')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support')
  const { XDG_DATA_HOME: asked = '' } = environment
  // The specification: what is not absolute is to be ignored.
  return posix.isAbsolute(asked) ? asked : posix.join(home, '.local', 'share')
}
