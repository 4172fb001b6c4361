import { openDovecot } from './dovecot.ts'
import { openGreenMail } from './greenmail.ts'
import { ownerIn } from './owner.fixture.ts'

/** A program that opens a mailbox server, `greenmail` or `dovecot`, in a place of owners, and waits to be killed. */
const [name, place = ''] = process.argv.slice(2)
const owner = ownerIn(place)
const server = name === 'dovecot' ? await openDovecot() : await openGreenMail({ owner, tell: () => {} })
process.stdout.write(`${server.port}\n`)
setInterval(() => {}, 60_000)
