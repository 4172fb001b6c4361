import type { Terminal } from '../model/terminal.ts'
import type { Scenario } from '../model/scenario.ts'
import type { ProgressEvent } from '../play.ts'

const clockTime = (elapsed: number): string => {
  const seconds = Math.floor(elapsed / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return `${hours}:${String(minutes).padStart(2, '0')}`
}

/**
 * Tells one scenario act by act as it is played, through the last of its doors: for most the one where real bytes cross a
 * real socket.
 */
export function story(terminal: Terminal, told: Scenario): (event: ProgressEvent) => void {
  const door = told.doors.at(-1)
  return (event) => {
    if (event.event === 'preparing') return terminal.complain(event.told)
    if (event.scenario.id !== told.id || event.door !== door) return
    if (event.event === 'scenario') return terminal.print(`  ${told.title} (simulated hours:minutes)`)
    if (event.event === 'clock') return terminal.print(`  ${clockTime(event.elapsed)}  time passes`)
    terminal.print(`  ${clockTime(event.elapsed)}  ${event.act.act.padEnd(11)} ${event.outcome}`)
  }
}

/** One line per scenario, for logs and pipes. */
export function plainLines(terminal: Terminal): (event: ProgressEvent) => void {
  return (event) => {
    if (event.event === 'preparing') terminal.complain(event.told)
    if (event.event === 'scenario') terminal.complain(`playing ${event.scenario.id} (${event.door})`)
  }
}
