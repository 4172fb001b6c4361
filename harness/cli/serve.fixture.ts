import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { readFile } from 'node:fs/promises'
import type { Ready } from '../serve/serving.ts'
import { type Ended, type Running, type Surroundings, start } from './program.fixture.ts'

export interface StartedServe extends Running, AsyncDisposable {
  readonly ready: Ready
  /** Sends a signal and waits for the end. */
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP'): Promise<Ended>
}

/** Not by `child.kill`: Deno takes the signal that it sent for the way in which the child ended. */
export const send = ({ child }: Running, signal: NodeJS.Signals): void => void process.kill(child.pid!, signal)

/** Starts `serve --json` and waits for its line; fails with what it complained of when it ended instead. */
export async function startServe(args: readonly string[], cwd: string, surroundings?: Surroundings) {
  const running = start(['serve', '--json', ...args], cwd, surroundings)
  const line = await Promise.race([firstLine(running), running.ended])
  if (typeof line !== 'string') throw new Error(line.complaints.join('\n'))
  const end = (signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP'): Promise<Ended> => {
    send(running, signal)
    return running.ended
  }
  return {
    ...running,
    ready: JSON.parse(line) as Ready,
    end,
    async [Symbol.asyncDispose]() {
      running.child.kill('SIGKILL')
      await running.ended
    },
  } satisfies StartedServe
}

function firstLine({ child }: Running): Promise<string> {
  let text = ''
  return new Promise((resolve) =>
    child.stdout!.on('data', (chunk: string) => {
      text += chunk
      if (text.includes('\n')) resolve(text.split('\n', 1)[0]!)
    }),
  )
}

/** A tunnel of the proxy to a host, with TLS in it that trusts nobody but the authority of the mocks. */
export async function throughProxy({ proxy, ca }: Ready, host: string, port: number): Promise<TLSSocket> {
  const tunnel = connectTcp(Number(new URL(proxy).port), '127.0.0.1')
  tunnel.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`)
  const [answer] = (await once(tunnel, 'data')) as [Uint8Array]
  if (!String(answer).startsWith('HTTP/1.1 200')) throw new Error(String(answer))
  const tls = connectTls({ socket: tunnel, servername: host, ca: await readFile(ca, 'utf8') })
  await once(tls, 'secureConnect')
  return tls
}

/** The whole answer to a GET. */
export async function getOver(socket: Socket, host: string, path: string): Promise<string> {
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  let answer = ''
  socket.on('data', (chunk: Uint8Array) => (answer += String(chunk)))
  await once(socket, 'close')
  return answer
}

/** Asks the control interface. */
export const control = ({ control: { url, token } }: Ready, path: string, body?: object): Promise<Response> =>
  fetch(url + path, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
