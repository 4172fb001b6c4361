import { type Exchange, afterLogin, command } from '../../command.ts'
import { done } from '../../state.ts'
import { mailbox as mailboxName } from '../../wire/encoder.ts'
import type { MailStore } from '../mail-store.ts'
import { ending } from '../words.ts'

/** Units of 1024 octets: 15 GiB, as an account has that pays nothing. */
const limit = 15 * 1024 * 1024

export const isOverQuota = ({ octets }: MailStore, more: number): boolean => octets + more > limit * 1024

const tellQuota = (store: MailStore, { untagged }: Exchange): void =>
  untagged(`QUOTA "" (STORAGE ${Math.ceil(store.octets / 1024)} ${limit})`)

/** GETQUOTAROOT (RFC 9208 §4.1.2): every mailbox of an account has the one root. */
export const getQuotaRoot = command('GETQUOTAROOT', afterLogin, {
  arguments: (wire) => wire.sp().mailbox(),
  run(state, name, exchange) {
    if (state.store.mailbox(name) === undefined) return done(state, ending('unknown-mailbox', { name }))
    exchange.untagged(`QUOTAROOT ${mailboxName(name, exchange.enabled.has('UTF8=ACCEPT'))} ""`)
    tellQuota(state.store, exchange)
    return done(state, ending('success'))
  },
})

/** GETQUOTA (RFC 9208 §4.1.1). */
export const getQuota = command('GETQUOTA', afterLogin, {
  arguments: (wire) => wire.sp().astring(),
  run(state, root, exchange) {
    if (root !== '') return done(state, ending('no-quota-root'))
    tellQuota(state.store, exchange)
    return done(state, ending('success'))
  },
})
