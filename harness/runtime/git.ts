import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { atExit } from './at-exit.ts'
import { searchPath } from './program.ts'

/** The only place that runs git, on folders that may be anybody’s: nothing in them may start a program or use the network. */

export interface GitOptions {
  /** Bytes of standard output as they come; false when enough was seen. */
  take?(chunk: Buffer): boolean | void
  /** What it reads from standard input. */
  readonly input?: string
  /** Real milliseconds; a minute unless told. */
  readonly timeout?: number
  /** Folders of other owners that the user trusts. */
  readonly trusted?: readonly string[]
  /** It compares files with commits, for which Git would run the filters that a repository names: here none is run. */
  readonly comparing?: boolean
  /** Variables besides our own, such as who commits. */
  readonly variables?: Readonly<Record<string, string>>
}

export interface GitExit {
  /** Null when it never started, or did not end by itself. */
  readonly code: number | null
  /** The beginning of what it complained about. */
  readonly complaint: string
  readonly late: boolean
}

/**
 * Whatever a repository’s own settings could name as a program is overruled: watchers of files, hooks, pagers, signatures.
 * Formats of differences are overruled by options where they matter (`--no-ext-diff --no-textconv`). What lies in a folder as
 * a bare repository is no repository of ours.
 */
const overruled = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.untrackedCache=false',
  'core.excludesFile=/dev/null',
  'core.attributesFile=/dev/null',
  // Files that a repository may name, such as one without an end.
  'diff.orderFile=/dev/null',
  'log.mailmap=false',
  'core.quotePath=false',
  'log.showSignature=false',
  'log.showRoot=true',
  'log.follow=false',
  'diff.relative=false',
  'protocol.allow=never',
  'safe.bareRepository=explicit',
  'submodule.recurse=false',
]

/** Nothing is inherited: in a hook, git’s own variables would name another repository. A partial clone fetches nothing. */
const environment = (): Readonly<Record<string, string>> => ({
  PATH: searchPath(),
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_PROTOCOL_FROM_USER: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
})

const mostComplaint = 2000

/** Runs git in a folder; a failure is a value. */
export async function git(directory: string, args: readonly string[], options: GitOptions = {}): Promise<GitExit> {
  const trust = (options.trusted ?? []).map((folder) => `safe.directory=${folder}`)
  const settings = [...overruled, ...trust].flatMap((setting) => ['-c', setting])
  const before = ['--no-pager', ...settings, '-C', directory]
  const filters = options.comparing === true ? await withoutFilters(before) : {}
  return started([...before, ...args], { ...environment(), ...filters, ...options.variables }, options)
}

/** Settings as variables, since the name of a filter may hold anything, an equals sign too. */
async function withoutFilters(before: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const names = new Set<string>()
  const { add } = splitRecords((name) => names.add(name.slice(0, name.lastIndexOf('.'))))
  const question = [...before, 'config', '-z', '--name-only', '--get-regexp', '^filter\\.']
  await started(question, environment(), { take: add })
  const settings = [...names].flatMap((name) => [
    ...['clean', 'smudge', 'process'].map((member) => [`${name}.${member}`, '']),
    [`${name}.required`, 'false'],
  ])
  return {
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([name = '', value = ''], index) => [
        [`GIT_CONFIG_KEY_${index}`, name],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  }
}

function started(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  options: GitOptions,
): Promise<GitExit> {
  return new Promise((resolve) => {
    const child = spawn('git', args, { env, stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] })
    let complaint = ''
    let late = false
    const end = (): void => void child.kill('SIGKILL')
    const withdraw = atExit(end)
    const timer = setTimeout(() => {
      late = true
      end()
    }, options.timeout ?? 60_000)
    const settle = (code: number | null): void => {
      clearTimeout(timer)
      withdraw()
      resolve({ code, complaint, late })
    }
    child.stdout!.on('data', (chunk: Buffer) => {
      if (options.take?.(chunk) === false) end()
    })
    child.stderr!.on('data', (chunk: Buffer) => {
      if (complaint.length < mostComplaint) complaint += chunk.toString('utf8').slice(0, mostComplaint)
    })
    child.once('error', (error) => {
      complaint = error.message
      settle(null)
    })
    child.once('close', settle)
    // It may end before it has read everything.
    child.stdin?.on('error', () => {})
    child.stdin?.end(options.input)
  })
}

/** The folders of other owners that the user’s own settings trust; nothing else of those settings is used. */
export async function trustedFolders(): Promise<readonly string[]> {
  const env = { PATH: searchPath(), LC_ALL: 'C', HOME: homedir() }
  const found: string[] = []
  for (const scope of ['--system', '--global']) {
    const records = splitRecords((record) => found.push(record))
    await started(['config', scope, '-z', '--get-all', 'safe.directory'], env, { take: records.add })
  }
  return found
}

/** Makes records of octets as they come, each ended by a NUL. */
export function splitRecords(onRecord: (record: string) => void): { add(chunk: Uint8Array): void } {
  const decoder = new TextDecoder()
  let open = ''
  return {
    add(chunk) {
      const records = (open + decoder.decode(chunk, { stream: true })).split('\0')
      open = records.pop()!
      for (const record of records) onRecord(record)
    },
  }
}

/** Whether there is a git to run; looks for it and starts nothing. */
export function hasGit(): boolean {
  const name = process.platform === 'win32' ? 'git.exe' : 'git'
  return searchPath()
    .split(delimiter)
    .filter((folder) => folder !== '')
    .some((folder) => {
      try {
        accessSync(join(folder, name), constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
