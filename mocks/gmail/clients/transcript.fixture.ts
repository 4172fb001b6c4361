import { mkdir, writeFile } from 'node:fs/promises'
import { stripVTControlCharacters } from 'node:util'
import { afterAll } from 'vitest'
import type { Observation, Observed } from '../../../harness/model/observation.ts'
import type { Ended } from '../../doors/namespace.fixture.ts'

const directory = new URL('../../../conformance-report/transcripts/', import.meta.url)
/** Mail that a client prints would bury what it says. */
const mostLines = 60

/** One story of one client: what crossed the wire, then what the client itself said. */
export interface Story {
  readonly title: string
  readonly observations: readonly Observation[]
  readonly said: readonly string[]
}

/** Collects the stories of one client; they are written to conformance-report/transcripts when its tests are done. */
export function openTranscript(client: string): Story[] {
  const stories: Story[] = []
  afterAll(async () => {
    await mkdir(directory, { recursive: true })
    await writeFile(new URL(`${client}.txt`, directory), stories.map(written).join('\n'))
  })
  return stories
}

const written = ({ title, observations, said }: Story): string =>
  [`## ${title}`, ...observations.flatMap(linesOf), ...said, ''].join('\n')

/** What stood on a screen, line by line in the order of writing. */
export const withoutControls = (text: string): string =>
  stripVTControlCharacters(text.replace(/\x1b\[[\d;]*[Hdf]/g, '\n'))

/** What a program was asked, and what it printed, for a reader. */
export function toldBy(words: readonly string[], { stdout, stderr, code }: Ended): readonly string[] {
  const lines = withoutControls(stdout.toString() + stderr)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
  const rest = lines.length - mostLines
  return [
    `$ ${words.join(' ')}`,
    ...lines.slice(0, mostLines).map((line) => `> ${line}`),
    ...(rest > 0 ? [`> … ${rest} more lines`] : []),
    code === 137 ? '-- killed' : `-- exit ${code}`,
  ]
}

type Tellings = { readonly [T in keyof Observed]?: (fields: Observed[T]) => readonly string[] }

const remark = (text: string | undefined): string => (text === undefined ? '' : `   [${text}]`)

const tellings: Tellings = {
  'tls.done': ({ sni, version }) => [`-- ${version}, server name ${sni}`],
  'tls.failed': ({ sni }) => [`-- TLS failed, server name ${sni}`],
  'imap.conn.open': () => ['-- connected'],
  'imap.line.out': ({ line }) => [`S: ${line}`],
  'imap.cmd': ({ tag, verb, arguments: text, problem }) => [
    `C: ${`${tag} ${verb} ${text}`.trimEnd()}${remark(problem)}`,
  ],
  'imap.auth': ({ message, result, refusal }) => [`C: = ${message}${remark(refusal ?? result)}`],
  'imap.challenge': ({ json }) => [`S: = ${json}`],
  'imap.challenge.reply': ({ reply, text }) => [`C: ${text}${remark(reply)}`],
  'imap.conn.close': ({ by, unterminated }) => [
    `-- closed by the ${by}`,
    ...(unterminated > 0 ? [`-- ${unterminated} octets had no line end`] : []),
  ],
}

function linesOf({ type, stream, fields }: Observation): readonly string[] {
  const telling = tellings[type] as ((fields: unknown) => readonly string[]) | undefined
  const connection = stream.startsWith('imap:') ? `${stream.slice('imap:'.length)} ` : ''
  return (telling?.(fields) ?? []).map((line) => connection + line)
}
