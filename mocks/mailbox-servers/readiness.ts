import { once } from 'node:events'
import { connect } from 'node:net'
import type { HttpPlace, MailboxImage } from '../../harness/model/mailbox-image.ts'
import type { Container } from './container.ts'
import type { Engine } from './container-engine.ts'
import { until } from './patience.ts'

/** Milliseconds for one look; a server that is just starting may take a connection and never answer it. */
const oneLook = 2000

/** Waits until the container has shown what `ready` asks for and greets on its IMAP port, or until `signal` aborts. */
export async function becomesReady(
  engine: Engine,
  container: Container,
  { ready, imapPort }: Pick<MailboxImage, 'ready' | 'imapPort'>,
  signal: AbortSignal,
): Promise<void> {
  if (ready !== undefined && 'log' in ready) await saysInItsLog(engine, container.id, ready.log, signal)
  else if (ready !== undefined) await until(() => answers(container, ready), signal)
  await until(() => greets(container.host, container.portOf(imapPort)), signal)
}

async function saysInItsLog({ client, docker }: Engine, id: string, words: string, signal: AbortSignal): Promise<void> {
  const log = await client.container.logs(docker.getContainer(id))
  const stop = () => void log.destroy(signal.reason as Error)
  signal.addEventListener('abort', stop)
  let tail = ''
  try {
    for await (const text of log) {
      tail += String(text)
      if (tail.includes(words)) return
      tail = tail.slice(-words.length)
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

const answers = ({ host, portOf }: Container, { port, path }: HttpPlace): Promise<boolean> =>
  fetch(`http://${host}:${portOf(port)}${path}`, { signal: AbortSignal.timeout(oneLook) }).then(
    async (response) => {
      await response.body?.cancel()
      return response.ok
    },
    () => false,
  )

/** Whether a server greets as RFC 9051 section 7.1 has it; one that says `BYE` does not. */
async function greets(host: string, port: number): Promise<boolean> {
  const socket = connect(port, host)
  let said = ''
  try {
    // Whoever publishes the port takes connections before there is a server, and drops them.
    const signal = AbortSignal.timeout(oneLook)
    while (!said.includes('\r\n') && said.length < 1000) {
      const [octets] = (await Promise.race([once(socket, 'data', { signal }), closing(socket)])) as [Buffer]
      said += octets.toString('latin1')
    }
    return /^\* (?:OK|PREAUTH)\b/i.test(said)
  } catch {
    return false
  } finally {
    socket.on('error', () => {})
    socket.destroy()
  }
}

const closing = (socket: ReturnType<typeof connect>): Promise<never> =>
  once(socket, 'close').then(() => Promise.reject(new Error('closed')))
