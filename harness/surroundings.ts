import { environmentFor } from '../mocks/doors/environment.ts'
import type { Pki } from '../mocks/doors/pki.ts'
import { trustStoreOf } from '../mocks/doors/trust-store.ts'
import { writeWhole } from './runtime/files.ts'

/** The environment in which whatever a program asks of Google or Gmail comes to one world, by the port of its proxy. */
export type Surroundings = (proxy: number) => Readonly<Record<string, string>>

/** Writes the authority of a run's mocks where the programs of all its worlds can read it. */
export async function surroundingsIn(directory: string, pki: Pki): Promise<Surroundings> {
  const ca = `${directory}/authority.pem`
  const trustStore = `${directory}/authority.p12`
  await writeWhole(ca, pki.ca)
  await writeWhole(trustStore, trustStoreOf(pki.ca))
  return (port) => environmentFor({ proxy: { port }, ca, trustStore })
}
