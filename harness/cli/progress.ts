import type { FoundProjects } from '../gate/find-projects.ts'
import type { ObservedConfiguration } from '../model/configuration.ts'
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

/** More configurations than a person reads the whole stories of. */
const several = 4

/**
 * Tells played configurations step by step: what was assumed of each, and Google’s words with the place of the setting where
 * it ended. Of more than a few only the ends are told.
 */
export function playedLines(
  terminal: Terminal,
  { projects, path }: FoundProjects,
): (configuration: string, step: ObservedConfiguration['config.played']) => void {
  const isBrief = projects.length > several
  let told = ''
  return (configuration, { profile, step, outcome, answer, reason, after, file, line }) => {
    if (isBrief && outcome === 'done') return
    const heading = `${configuration}, ${profile}`
    if (told !== heading) terminal.print(`Playing ${(told = heading)} (simulated hours:minutes)`)
    terminal.print(`  ${clockTime(after * 1000).padStart(6)}  ${step.padEnd(30)} ${outcome}`)
    for (const words of [answer, reason]) if (words !== '') terminal.print(`          ${words}`)
    if (outcome !== 'done') terminal.print(`          at ${path(configuration, file)}:${line}`)
  }
}
