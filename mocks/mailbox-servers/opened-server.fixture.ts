import { isAbandoned, ownerName } from '../../harness/runtime/owner.ts'
import { openDovecot } from './dovecot.ts'
import { openGreenMail } from './greenmail.ts'

/** A program that opens a mailbox server and waits to be killed: `greenmail` or `dovecot`. */
const [name] = process.argv.slice(2)
const owner = { name: ownerName(), isAbandoned }
const server = name === 'dovecot' ? await openDovecot() : await openGreenMail({ owner, tell: () => {} })
process.stdout.write(`${server.port}\n`)
setInterval(() => {}, 60_000)
