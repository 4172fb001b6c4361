import { randomUUID } from 'node:crypto'
import { treeVariable } from './child-variables.ts'
import { isAbandoned, ownerName, ownerPattern } from './owner.ts'
import { realTime } from './breathe.ts'
import { argumentsOf, environmentOf, processIds, type ProcessState, stateOf } from './proc.ts'

/** One process of a tree, as it was at a look. */
export interface TreeProcess {
  readonly pid: number
  /** See `ProcessState`; number and beginning together name a process for good. */
  readonly began: number
  /** Somebody named it with `add`; all others were started by it or below it. */
  readonly first: boolean
}

/**
 * A process and whatever it started, however deep, in a session of its own or taken over by another parent.
 *
 * On Linux a process belongs to the tree when it carries the tree’s mark in the environment that it was started with,
 * when its parent does, or when it shares a process group or session with one that does. One that clears its
 * environment, leaves its session and loses its parent, all between two looks, is not found. Elsewhere nothing is found.
 */
export interface ProcessTree {
  /** The mark, for the environment of the first process. */
  readonly environment: Readonly<Record<string, string>>
  add(pid: number | undefined): void
  /** The processes of the tree that live now. */
  look(): readonly TreeProcess[]
  /** Ends them all (SIGKILL), and those that they start meanwhile. Done at once, so that it may stand in `atExit`. */
  end(): void
}

const ownedMark = new RegExp(`(?:^|\\0)${treeVariable}=(${ownerPattern})-`)

/** Looks at a tree that is being ended: a process that starts its successor and ends can escape a few. */
const mostLooks = 200
/**
 * Real milliseconds for a process to turn into another program, which it cannot be told from a stranger in meanwhile; on a
 * busy machine it may have to wait for the disk.
 */
const turningAtMost = 500
/** A look that passes by while one of them turns into the next finds neither. */
const cleanLooks = 3

/** @param mark that of a tree which was begun elsewhere, such as the one that this process belongs to */
export function openProcessTree(mark = `${ownerName()}-${randomUUID().slice(0, 8)}`): ProcessTree {
  const known = new Map<number, TreeProcess>()
  /** Those that were seen not to belong, so that a look need read only what is new. */
  let strangers = new Set<number>()
  /** Whether the latest look met a process that was turning into another program. */
  let turning = false
  const own = stateOf(process.pid)
  const marked = `${treeVariable}=${mark}`

  const look = (): readonly TreeProcess[] => {
    const ids = processIds().filter((pid) => pid !== process.pid)
    const family = createFamily(marked, own)
    const unknown = new Map<number, ProcessState>()
    const gone = new Set<number>()
    for (const pid of ids) {
      if (strangers.has(pid)) continue
      const state = stateOf(pid)
      // Where nobody waits for orphans, they stay in the list for good.
      if (state?.alive !== true) gone.add(pid)
      else if (known.get(pid)?.began === state.began) family.accept(pid, state)
      else unknown.set(pid, state)
    }
    const others = new Set<number>()
    // Until a round finds nothing: numbers are given out in a circle, so a child can stand before its parent.
    for (let found = true; found;) {
      found = false
      others.clear()
      turning = false
      for (const [pid, state] of unknown) {
        const kinship = family.kinshipOf(pid, state)
        if (kinship === 'none') others.add(pid)
        turning ||= kinship === 'turning'
        if (kinship !== 'member') continue
        found = unknown.delete(pid)
        family.accept(pid, state)
        known.set(pid, { pid, began: state.began, first: false })
      }
    }
    strangers = new Set(ids.filter((pid) => strangers.has(pid) || others.has(pid) || gone.has(pid)))
    return family.members().map((pid) => known.get(pid)!)
  }

  return {
    environment: { [treeVariable]: mark },
    look,
    add(pid) {
      const state = pid === undefined ? undefined : stateOf(pid)
      if (pid !== undefined && state !== undefined) known.set(pid, { pid, began: state.began, first: true })
    },
    end() {
      const ended = new Set<TreeProcess>()
      const until = realTime() + turningAtMost
      for (let looks = 0, clean = 0; looks < mostLooks && clean < cleanLooks;) {
        // What was killed may take a moment to be gone, but it starts nothing any more.
        const left = look().filter((each) => !ended.has(each))
        const waits = turning && realTime() < until
        clean = left.length === 0 && !waits ? clean + 1 : 0
        if (!waits) looks += 1
        for (const each of left) {
          ended.add(each)
          kill(each.pid)
        }
      }
    },
  }
}

/** The members of a tree that one look has found to live, and how others are related to them. */
function createFamily(marked: string, own: ProcessState | undefined) {
  const living = new Set<number>()
  const groups = new Set<number>()
  return {
    members: () => [...living],
    accept(pid: number, { group, session }: ProcessState): void {
      living.add(pid)
      // Whoever shares a group or session with ourselves is not for that reason below us.
      for (const each of [group, session]) if (each !== own?.group && each !== own?.session) groups.add(each)
    },
    kinshipOf(pid: number, { parent, group, session }: ProcessState): 'member' | 'none' | 'unclear' | 'turning' {
      if (living.has(parent) || groups.has(group) || groups.has(session)) return 'member'
      const environment = environmentOf(pid)
      // While it turns into another program, a process has none for a moment; a thread of the kernel never has.
      if (environment === '' && (parent === kernelThreads || pid === kernelThreads)) return 'none'
      // One that was started without any environment has its arguments.
      if (environment === '') return argumentsOf(pid) === '' ? 'turning' : 'unclear'
      return environment?.split('\0').includes(marked) === true ? 'member' : 'none'
    },
  }
}

/** kthreadd, the parent of every thread of the kernel. */
const kernelThreads = 2

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself, or runs as somebody else.
  }
}

/** Ends what runs that were killed themselves have left running; a live run’s processes are not touched. */
export function endAbandoned(): void {
  const abandoned = new Map<string, boolean>()
  for (const pid of processIds()) {
    const owner = ownedMark.exec(environmentOf(pid) ?? '')?.[1]
    if (owner === undefined || pid === process.pid) continue
    if (!abandoned.has(owner)) abandoned.set(owner, isAbandoned(owner))
    if (abandoned.get(owner) === true) kill(pid)
  }
}
