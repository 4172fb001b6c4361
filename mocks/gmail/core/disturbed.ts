import type { Disturbed } from '../faults/strike.ts'
import type { OpenMailbox } from './open-mailbox.ts'

/**
 * What other clients, and the world, do to a mailbox that is selected.
 *
 * @param say says one line as it stands
 */
export const disturbedOf = (opened: OpenMailbox, say: (line: string) => void): Disturbed => {
  const { store, mailbox } = opened
  return {
    recite() {
      for (const line of opened.recited()) say(`* ${line}`)
    },
    arrive(bytes) {
      const { label } = mailbox
      store.append({ bytes, labels: label === null ? [] : [label], flags: [], internalDate: store.now() })
    },
    vanish(uid) {
      const entry = mailbox.entries().find((each) => each.uid === uid)
      if (entry !== undefined) store.expunge(entry, mailbox)
    },
    renumber: (folder) => store.renumber(folder),
  }
}
