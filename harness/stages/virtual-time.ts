import { type Clock, install } from '@sinonjs/fake-timers'

/** The time of one thread or process: Date and timers obey the world's clock, and nothing else does. */
export interface VirtualTime {
  /** Runs every timer that falls due until `now` (epoch milliseconds). */
  advance(now: number): Promise<void>
  /** Epoch milliseconds of the earliest timer. */
  due(): number | null
  remove(): void
}

/** Faking more than these hangs imapflow: sockets rely on nextTick and setImmediate. */
const faked = ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const

export function installVirtualTime(now: number): VirtualTime {
  const clock: Clock = install({ now, toFake: [...faked] })
  return {
    advance: async (until) => void (await clock.tickAsync(Math.max(0, until - clock.now))),
    due: () => {
      const times = [...(clock.timers?.values() ?? [])].map(({ callAt }) => callAt ?? clock.now)
      return times.length === 0 ? null : Math.min(...times)
    },
    remove: () => clock.uninstall(),
  }
}
