import { parseUri, withoutUserinfo } from '../../harness/gate/uri.ts'
import { type Told, journalOf, said } from '../../harness/hand-made.fixture.ts'
import { findingsIn } from '../../harness/judge.ts'
import type { Runtime } from '../facts/clients.ts'
import { checks } from './index.ts'

/** What the checks of redirects say of one URI, as the gate would have read it. */

const place = { file: 'settings.yaml', line: 1, column: 1 }
const profile = 'development'
const clientId = '1-a.apps.googleusercontent.com'

const value = (name: string, held: string): Told =>
  said(0, 'configuration', 'config.value', { ...place, pointer: '/x', profile, name, value: held, source: 'literal' })

const uriOf = (name: string, uri: string): Told =>
  said(0, 'configuration', 'config.uri', {
    ...{ ...place, pointer: '/x', profile, name },
    ...{ uri: withoutUserinfo(uri), parsed: parseUri(uri) },
  })

const judging = checks.filter(({ id }) => /^cred\/(?:redirect-|no-oob|custom-scheme)|^dep\/flow-current$/.test(id))

/** The ids of the checks that an application violates which sends this URI, and whose client file lists it. */
export function blamed(uri: string, runtime: Runtime = 'server'): readonly string[] {
  const kind = runtime === 'server' ? 'web' : 'installed'
  const journal = journalOf(
    { scenario: 'configuration' },
    said(0, 'configuration', 'config.file', { ...place, profile, kind }),
    value('runtime', runtime),
    value('client.client_id', clientId),
    value('redirectUri', uri),
    uriOf('redirectUri', uri),
    ...(kind === 'web' ? [uriOf('client.redirect_uris', uri)] : []),
  )
  return judging
    .filter((check) => findingsIn(check, journal).some(({ finding }) => finding === 'violated'))
    .map(({ id }) => id)
}
