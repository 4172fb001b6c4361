import type { Owner } from './container-options.ts'

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** This process, under a name that means something to the processes of one place alone. */
export const ownerIn = (place: string): Owner => ({
  name: `${place}-${process.pid}`,
  isAbandoned: (name) => name.startsWith(place) && !lives(Number(name.slice(place.length + 1))),
})
