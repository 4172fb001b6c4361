import { startWorker } from '../runtime/worker.ts'
import { hostModule } from './host-module.ts'
import type { FromStage } from './protocol.ts'
import type { CarrierFactory } from './stage.ts'

/** A worker thread of this process: quick to reuse, yet with a Date, timers and fetch of its own. */
export const workerCarrier: CarrierFactory = (receive) => {
  const worker = startWorker({
    module: hostModule,
    onMessage: (message) => receive(message as FromStage),
    onExit: () => {},
  })
  return {
    exited: worker.exited,
    post: worker.post,
    stop: worker.terminate,
    output: () => ({ stdout: worker.stdout.bytes(), stderr: worker.stderr.bytes() }),
  }
}
