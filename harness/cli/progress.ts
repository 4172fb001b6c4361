import type { Terminal } from '../model/terminal.ts'
import type { ProgressEvent } from '../play.ts'

const clockTime = (elapsed: number): string => {
  const seconds = Math.floor(elapsed / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return `${hours}:${String(minutes).padStart(2, '0')}`
}

/** The scenario that is told act by act, at the door where real bytes cross a real socket. */
const isTold = ({ scenario, door }: ProgressEvent): boolean => scenario.id === 'lifecycle' && door === 'tls'

/** Tells one life of a token as it is played; the other scenarios are named as they begin. */
export function story(terminal: Terminal): (event: ProgressEvent) => void {
  return (event) => {
    if (!isTold(event)) return
    if (event.event === 'scenario') return terminal.print(`  ${event.scenario.title} (simulated hours:minutes)`)
    if (event.event === 'clock') return terminal.print(`  ${clockTime(event.elapsed)}  time passes`)
    terminal.print(`  ${clockTime(event.elapsed)}  ${event.act.act.padEnd(11)} ${event.outcome}`)
  }
}

/** One line per scenario, for logs and pipes. */
export function plainLines(terminal: Terminal): (event: ProgressEvent) => void {
  return (event) => {
    if (event.event === 'scenario') terminal.complain(`playing ${event.scenario.id} (${event.door})`)
  }
}
