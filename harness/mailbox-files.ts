import { readBytes, readText } from './runtime/files.ts'
import { fileURLToPath } from './runtime/path.ts'
import type { StoredMessage } from './world.ts'

interface Entry {
  readonly file: string
  readonly labels: readonly string[]
  readonly flags: readonly string[]
  /** ISO 8601. */
  readonly internalDate: string
}

/** Loads the messages that every embedded mailbox begins with, byte for byte. */
export async function loadMailbox(): Promise<readonly StoredMessage[]> {
  const directory = fileURLToPath(new URL('../fixtures/mailboxes/', import.meta.url))
  const index = JSON.parse(await readText(`${directory}index.json`)) as { readonly messages: readonly Entry[] }
  return Promise.all(
    index.messages.map(async ({ internalDate, ...entry }) => ({
      ...entry,
      bytes: await readBytes(directory + entry.file),
      internalDate: Date.parse(internalDate),
    })),
  )
}
