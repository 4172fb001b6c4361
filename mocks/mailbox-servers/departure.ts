import type { Fault } from '../../harness/model/fault.ts'

export interface Departure {
  /** Resolves when the server ended while it was needed. */
  readonly gone: Promise<Fault>
  /** @throws Fault why the server has gone */
  stillThere(): Promise<void>
  /** From now on its end is no surprise. */
  dismiss(): void
}

/** Tells a server that ends by itself from one that was ended. */
export function watchFor(ended: Promise<string>, told: (how: string) => Fault | Promise<Fault>): Departure {
  const gone = Promise.withResolvers<Fault>()
  let state: 'needed' | 'gone' | 'dismissed' = 'needed'
  void ended.then((how) => {
    if (state !== 'needed') return
    state = 'gone'
    gone.resolve(told(how))
  })
  return {
    gone: gone.promise,
    async stillThere() {
      if (state === 'gone') throw await gone.promise
      if (state === 'dismissed') throw new Error('the mailbox server is disposed')
    },
    dismiss() {
      if (state === 'needed') state = 'dismissed'
    },
  }
}
