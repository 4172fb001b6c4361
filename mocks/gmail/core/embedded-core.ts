import type { MockWorld } from '../../mock-world.ts'
import type { Core } from '../front/core-port.ts'
import { MailStore } from './mail-store.ts'
import type { NewMessage } from './message.ts'
import type { MailRules } from './switches.ts'

interface EmbeddedCore extends Core {
  /** The octets of a message, at once. */
  held(address: string, folder: string, uid: number): Uint8Array | undefined
}

/** The mail of a world's accounts in memory: all that Gmail does. Addresses are the same in any case. */
export function embeddedCore(
  world: MockWorld,
  rules: MailRules,
  mailboxes: Readonly<Record<string, readonly NewMessage[]>>,
): EmbeddedCore {
  const stores = new Map<string, MailStore>()
  // Made empty where nobody asked for any.
  const storeOf = (address: string): MailStore => {
    const key = address.toLowerCase()
    const store = stores.get(key) ?? new MailStore(key, world.random, rules, world.clock.now)
    stores.set(key, store)
    return store
  }
  for (const [address, messages] of Object.entries(mailboxes))
    for (const message of messages) storeOf(address).append(message)
  const held = (address: string, folder: string, uid: number): Uint8Array | undefined => {
    const entries = storeOf(address).mailbox(folder)?.entries()
    return entries?.find((entry) => entry.uid === uid)?.message.bytes
  }
  return {
    offers: () => true,
    lacks: new Map(),
    open: (address, _, opened) => opened({ name: 'authenticated', store: storeOf(address) }),
    deliver: (address, message) => void storeOf(address).append(message),
    renumber: (address, folder) => storeOf(address).renumber(folder),
    held,
    messageBytes: async (address, folder, uid) => held(address, folder, uid),
    busy: () => false,
    owes: () => false,
    close() {},
  }
}
