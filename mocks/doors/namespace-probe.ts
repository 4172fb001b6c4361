import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'

/** Whether this machine can make namespaces; `reason` is one line that says what to do. */
export type NamespaceAvailability =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string }

/** Debian keeps what configures a machine out of its users' path. */
export const programPath = [process.env['PATH'] ?? '', '/usr/sbin', '/usr/bin', '/sbin', '/bin'].join(delimiter)

/** Users, network, mounts and processes of its own; when its first process dies, the kernel ends all others. */
export const unshare = [
  'unshare',
  ...['--user', '--map-root-user', '--net', '--mount', '--pid', '--fork', '--kill-child'],
] as const

const packages = { unshare: 'util-linux', mount: 'mount', ip: 'iproute2' } as const
const trial = 'ip link set lo up && mount --bind /etc /etc'
/** Real milliseconds; it takes some ten. */
const trialLimit = 10_000
const permission =
  'allow user namespaces with sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone or, on Ubuntu, ' +
  'kernel.apparmor_restrict_unprivileged_userns; a container needs --privileged, or seccomp and AppArmor unconfined'

let known: Promise<NamespaceAvailability> | undefined

/** Asks this machine once. */
export const namespaceAvailability = (): Promise<NamespaceAvailability> => (known ??= probeNamespace())

/** Makes a namespace and ends it again: nothing less tells whether kernel, container and policy allow it. */
export async function probeNamespace(
  platform: string = process.platform,
  path: string = programPath,
): Promise<NamespaceAvailability> {
  if (platform !== 'linux') return lacking('only Linux has them')
  for (const [program, name] of Object.entries(packages))
    if (!isIn(path, program)) return lacking(`${program} is missing: apt-get install ${name}`)
  const [command, ...flags] = unshare
  return new Promise((resolve) => {
    const limits = { timeout: trialLimit, killSignal: 'SIGKILL', env: { PATH: path } } as const
    execFile(command, [...flags, 'sh', '-c', trial], limits, (error, _, stderr) => {
      if (error === null) return resolve({ available: true })
      const [said = ''] = (stderr.trim() || error.message).split('\n')
      resolve(lacking(`this machine refuses (${said}): ${permission}`))
    })
  })
}

const lacking = (why: string): NamespaceAvailability => ({
  available: false,
  reason: `not measured here: namespace; ${why}`,
})

function isIn(path: string, program: string): boolean {
  return path.split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK)
      return directory !== ''
    } catch {
      return false
    }
  })
}
