import type { MailboxImage } from '../../harness/model/mailbox-image.ts'
import type { ContainerOptions } from './container-options.ts'
import { openImageServer } from './image-server.ts'
import type { MailboxServer } from './mailbox-server.ts'

/** https://hub.docker.com/r/greenmail/standalone */
const released = 'greenmail/standalone:2.1.13'

/**
 * Starts GreenMail in a container. `image`, or the environment variable `GREENMAIL_IMAGE`, names another image with the
 * same program in it.
 *
 * @throws Fault `MAILBOX_SERVER_UNAVAILABLE`, `INTERRUPTED`
 */
export const openGreenMail = (
  options: ContainerOptions,
  image = process.env['GREENMAIL_IMAGE'] || released,
): Promise<MailboxServer> => openImageServer('greenmail', greenMail(image), options)

const api = 8080

const greenMail = (image: string): MailboxImage => ({
  image,
  imapPort: 3143,
  environment: {
    // The image's own options hold auth.disabled, which lets everybody in with anything.
    GREENMAIL_OPTS: '-Dgreenmail.setup.test.imap -Dgreenmail.hostname=0.0.0.0',
    // It lives for one run: what compiles and collects at once starts sooner than what would run faster for days.
    JAVA_OPTS: '-Djava.net.preferIPv4Stack=true -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m',
  },
  users: {
    port: api,
    path: '/api/user',
    body: { login: '{user}', email: '{user}@example.test', password: '{password}' },
  },
  ready: { port: api, path: '/api/service/readiness' },
})
