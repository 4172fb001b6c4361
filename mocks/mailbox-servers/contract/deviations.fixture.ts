import { placesOf } from './deviation.fixture.ts'
import { dovecot } from './dovecot-deviations.fixture.ts'
import { embedded } from './embedded-deviations.fixture.ts'
import { greenmail } from './greenmail-deviations.fixture.ts'
import { greenmailMessages } from './greenmail-message-deviations.fixture.ts'
import type { Place, ServerName } from './row.fixture.ts'

/** All that is known to be otherwise, by server. */
export const places: Readonly<Record<ServerName, readonly Place[]>> = {
  embedded: embedded.flatMap(placesOf),
  dovecot: dovecot.flatMap(placesOf),
  greenmail: [...greenmail, ...greenmailMessages].flatMap(placesOf),
}
