import { spawnScript } from '../runtime/spawn.ts'
import { hostModule } from './host-module.ts'
import { type KeptProcesses, observe } from './observe.ts'
import type { FromStage } from './protocol.ts'
import type { CarrierFactory } from './stage.ts'

/** A process of its own, for whatever needs one: files, output, umask, crash. */
export const childCarrier =
  (options: {
    readonly home: string
    readonly umask: number
    /** Laid over the little that every stage is given. */
    readonly env?: Readonly<Record<string, string>>
    readonly record?: KeptProcesses | undefined
  }): CarrierFactory =>
  (receive) => {
    const child = spawnScript({
      module: hostModule,
      cwd: options.home,
      umask: options.umask,
      env: { HOME: options.home, TMPDIR: options.home, ...options.env },
      onMessage: (message) => receive(message as FromStage),
      onExit: () => {},
    })
    const observed = observe(child, options.record)
    return {
      exited: child.exited,
      post: child.post,
      async stop() {
        await observed.stop()
        child.kill()
        await child.exited
      },
      output: () => ({ stdout: child.stdout.bytes(), stderr: child.stderr.bytes() }),
    }
  }
