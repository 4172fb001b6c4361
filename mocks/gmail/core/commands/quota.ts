import { type Exchange, afterLogin, command } from '../../command.ts'
import { done, no, ok } from '../../state.ts'
import { mailbox as mailboxName } from '../../wire/encoder.ts'
import type { MailStore } from '../mail-store.ts'
import { unknownFolder } from './status.ts'

/** Units of 1024 octets: 15 GiB, as an account has that pays nothing. */
const limit = 15 * 1024 * 1024

const tellQuota = (store: MailStore, { untagged }: Exchange): void =>
  untagged(`QUOTA "" (STORAGE ${Math.ceil(store.octets / 1024)} ${limit})`)

/** GETQUOTAROOT (RFC 9208 §4.1.2): every mailbox of an account has the one root. */
export const getQuotaRoot = command('GETQUOTAROOT', afterLogin, {
  arguments: (wire) => wire.sp().mailbox(),
  run(state, name, exchange) {
    if (state.store.mailbox(name) === undefined) return done(state, no(unknownFolder))
    exchange.untagged(`QUOTAROOT ${mailboxName(name, exchange.enabled.has('UTF8=ACCEPT'))} ""`)
    tellQuota(state.store, exchange)
    return done(state, ok())
  },
})

/** GETQUOTA (RFC 9208 §4.1.1). */
export const getQuota = command('GETQUOTA', afterLogin, {
  arguments: (wire) => wire.sp().astring(),
  run(state, root, exchange) {
    if (root !== '') return done(state, no('[NONEXISTENT] No such quota root. (Failure)'))
    tellQuota(state.store, exchange)
    return done(state, ok())
  },
})
