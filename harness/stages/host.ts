import type { Act, ActOutcome } from '../model/act.ts'
import type { Subject, SubjectFactory, SubjectPorts } from '../model/subject.ts'
import { createRandom, seedOf } from '../random.ts'
import { turnOver } from '../runtime/breathe.ts'
import { saveCompiled } from '../runtime/compile-cache.ts'
import { writeWhole } from '../runtime/files.ts'
import { type Parent, openParent } from '../runtime/parent.ts'
import { openRedirectionEndpoint } from '../runtime/redirection-endpoint.ts'
import { tlsFetch } from '../runtime/tls-fetch.ts'
import {
  type FromStage,
  type RelayedResponse,
  type ToStage,
  fromBase64,
  protocolVersion,
  relayRequest,
  responseOf,
} from './protocol.ts'
import { type VirtualTime, installVirtualTime } from './virtual-time.ts'

/** What one world needs inside the stage, and how it is taken down again. */
interface Hosted {
  readonly subject: Subject
  readonly time: VirtualTime
  /** Aborted when the world ends under a subject that is still at work. */
  readonly ended: AbortController
  close(): Promise<void>
}

type Begin = Extract<ToStage, { message: 'begin' }>

/** Loads a JavaScript subject in this thread or process and plays it for whoever started it. */
export function hostSubject(parent: Parent): void {
  const send = (message: FromStage): void => parent.post(message)
  const questions = new Map<number, (answer: ToStage) => void>()
  let factory: SubjectFactory | undefined
  let hosted: Hosted | undefined
  let asked = 0

  const ask = (question: (id: number) => FromStage): Promise<ToStage> =>
    new Promise((resolve) => {
      asked += 1
      questions.set(asked, resolve)
      send(question(asked))
    })

  const relay = async (request: Request): Promise<Response> => {
    const relayed = await relayRequest(request)
    const answer = await ask((id) => ({ message: 'request', id, request: relayed }))
    if (answer.message !== 'answered') return Response.error()
    return responseOf(answer.response satisfies RelayedResponse)
  }
  const openBrowser = async (url: string): Promise<void> => void (await ask((id) => ({ message: 'browse', id, url })))

  const respond = async (message: ToStage): Promise<void> => {
    switch (message.message) {
      case 'load':
        factory = await load(message.module)
        return send({ message: 'loaded' })
      case 'begin':
        if (factory === undefined) throw new Error('nothing was loaded')
        if (message.planted !== null) await plant(message.planted, message.home)
        hosted = await begin(factory, message, relay, openBrowser)
        send({ message: 'begun', manifest: manifestOf(hosted.subject) })
        return saveCompiled()
      case 'act': {
        if (hosted === undefined) throw new Error('no world has begun')
        return send({ message: 'outcome', id: message.id, outcome: await outcomeOf(hosted, message.act) })
      }
      case 'clock':
        await hosted?.time.advance(message.now)
        return send({ message: 'ticked', due: hosted?.time.due() ?? null })
      case 'pulse':
        await turnOver()
        return send({ message: 'pulsed', due: hosted?.time.due() ?? null })
      case 'end':
        await hosted?.close()
        hosted = undefined
        return send({ message: 'ended' })
      default:
        questions.get(message.id)?.(message)
        questions.delete(message.id)
    }
  }

  parent.onMessage((message) => {
    const { message: kind } = message as ToStage
    respond(message as ToStage).catch((error: unknown) => {
      if (kind !== 'load' && kind !== 'begin') throw error
      send({ message: 'failed', during: kind, reason: error instanceof Error ? error.message : String(error) })
    })
  })
}

async function load(module: string): Promise<SubjectFactory> {
  const { default: factory } = (await import(module)) as { readonly default?: unknown }
  if (typeof factory !== 'function') throw new Error('it has no default export that makes a subject')
  return factory as SubjectFactory
}

/** A subject that throws instead of answering has answered, and may be asked again. */
const outcomeOf = async ({ subject, ended }: Hosted, act: Act): Promise<ActOutcome> => {
  try {
    return await subject.perform(act, ended.signal)
  } catch (error) {
    return { outcome: 'failed', reason: `it threw: ${error instanceof Error ? error.message : String(error)}` }
  }
}

async function begin(
  factory: SubjectFactory,
  { access, home }: Begin,
  relay: (request: Request) => Promise<Response>,
  openBrowser: (url: string) => Promise<void>,
): Promise<Hosted> {
  const time = installVirtualTime(access.now)
  const door = access.door === 'tls' ? tlsFetch({ ...access, elsewhere: relay }) : undefined
  // A stage that only ever meets sockets need not load an interceptor.
  const network = door === undefined ? (await import('./fetch-network.ts')).fetchNetwork(relay) : undefined
  await network?.enable()
  const random = createRandom(seedOf(access.seed, 'subject'))
  const ports: SubjectPorts = {
    issuer: access.issuer,
    client: access.client,
    imap: {
      host: access.imap.servername,
      port: 993,
      connect: { host: access.imap.host, port: access.imap.port },
      ca: access.ca,
    },
    fetch: (url, init) => (door?.fetch ?? globalThis.fetch)(url, init),
    now: () => Date.now(),
    random: random.bytes,
    redirectionEndpoint: openRedirectionEndpoint,
    openBrowser,
    home,
    vaultKey: fromBase64(access.vaultKey),
    log: (line) => console.log(line),
  }
  const subject = await factory(ports)
  const ended = new AbortController()
  return {
    subject,
    time,
    ended,
    async close() {
      ended.abort()
      try {
        await subject[Symbol.asyncDispose]()
      } finally {
        await network?.disable()
        door?.close()
        time.remove()
      }
    },
  }
}

const manifestOf = ({ name, version, capabilities }: Subject) => ({
  protocol: protocolVersion,
  name,
  version,
  capabilities: [...capabilities],
})

/** A value that a search for leaks must find in every channel: proof that it would have found a real one. */
async function plant(canary: string, home: string): Promise<void> {
  console.log(`planted control: ${canary}`)
  console.error(`planted control: ${canary}`)
  await writeWhole(`${home}/planted-control.txt`, btoa(`planted control: ${canary}`))
}

hostSubject(openParent())
