import type { Command } from './command.ts'
import { append } from './core/commands/append.ts'
import { close, unselect } from './core/commands/close.ts'
import { compress } from './core/commands/compress.ts'
import { copy, move, uidCopy, uidMove } from './core/commands/copy.ts'
import { create, deleteMailbox, rename, subscribe, unsubscribe } from './core/commands/create.ts'
import { expunge, uidExpunge } from './core/commands/expunge.ts'
import { fetch, uidFetch } from './core/commands/fetch.ts'
import { idle } from './core/commands/idle.ts'
import { list, lsub, xlist } from './core/commands/list.ts'
import { namespace } from './core/commands/namespace.ts'
import { getQuota, getQuotaRoot } from './core/commands/quota.ts'
import { search, uidSearch } from './core/commands/search.ts'
import { examine, select } from './core/commands/select.ts'
import { status } from './core/commands/status.ts'
import { store, uidStore } from './core/commands/store.ts'
import { xyzzy } from './core/commands/xyzzy.ts'
import { authenticate } from './front/commands/authenticate.ts'
import { capability } from './front/commands/capability.ts'
import { enable } from './front/commands/enable.ts'
import { id } from './front/commands/id.ts'
import { login } from './front/commands/login.ts'
import { logout } from './front/commands/logout.ts'
import { check, noop } from './front/commands/noop.ts'
import { startTls } from './front/commands/starttls.ts'

const all: readonly Command[] = [
  ...[capability, noop, logout, id, startTls, authenticate, login, enable, compress, xyzzy],
  ...[namespace, list, lsub, xlist, status, select, examine, close, unselect, check],
  ...[getQuota, getQuotaRoot],
  ...[create, deleteMailbox, rename, subscribe, unsubscribe, append],
  ...[fetch, uidFetch, search, uidSearch, store, uidStore, copy, uidCopy, move, uidMove, expunge, uidExpunge, idle],
]

/** Every command that this server knows, by its verb. */
export const commands: ReadonlyMap<string, Command> = new Map(all.map((command) => [command.verb, command]))
