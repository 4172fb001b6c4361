import { presetFile } from '../../serve/presets.ts'
import { isLoopback, listenAddress } from '../../serve/listen-option.ts'
import { type Ready, type ServingOptions, openServing } from '../../serve/serving.ts'
import { onInterrupt } from '../../runtime/interrupt.ts'
import { resolve } from '../../runtime/path.ts'
import { Fault } from '../../model/fault.ts'
import type { Terminal } from '../../model/terminal.ts'
import type { ExitCode, Invocation } from '../command.ts'
import { seedOption, textOption, wholeNumber } from '../options.ts'
import { description, exportLines } from '../tell-serving.ts'

/** Serves the mocks for hand use until it is interrupted; that is how it ends, so it ends well. */
export async function run({ options, terminal }: Invocation): Promise<ExitCode> {
  const asked = await servingOptions(options)
  const interruption = new AbortController()
  const interrupted = new Promise<void>((resolve) =>
    interruption.signal.addEventListener('abort', () => resolve(), { once: true }),
  )
  // Before anything is opened: who is interrupted while it begins leaves nothing behind either.
  const undo = onInterrupt(() => {
    if (interruption.signal.aborted) process.exit(130)
    interruption.abort()
  })
  try {
    await using serving = await openServing(asked)
    if (!interruption.signal.aborted) tell(serving.ready, asked, options['json'] === true, terminal)
    await interrupted
    return 0
  } finally {
    undo()
  }
}

async function servingOptions(options: Invocation['options']): Promise<ServingOptions> {
  const port = (name: string, member: string): number | undefined => {
    const value = textOption(options, member)
    return value === undefined ? undefined : wholeNumber(name, value, { from: 0, to: 65_535 })
  }
  const host = textOption(options, 'listen')
  const files = pathOption(options, 'files')
  const world = pathOption(options, 'world')
  return {
    world: world === undefined ? undefined : await presetFile(world),
    host: host === undefined ? undefined : listenAddress(host),
    port: port('port', 'port'),
    imapPort: port('imap-port', 'imapPort'),
    proxyPort: port('proxy-port', 'proxyPort'),
    controlPort: port('control-port', 'controlPort'),
    files: files === undefined ? undefined : resolve(files),
    // Tokens of one start must not be good at another.
    seed: seedOption(options) ?? crypto.getRandomValues(new Uint32Array(1))[0]!,
    token: crypto.randomUUID(),
  }
}

/** @throws Fault `USAGE` for an empty one: a shell variable that is not set would name the working directory */
function pathOption(options: Invocation['options'], name: string): string | undefined {
  const path = textOption(options, name)
  if (path !== '') return path
  throw new Fault('USAGE', `--${name} is empty.`, 'Name a path, or leave it out.')
}

function tell(ready: Ready, { host = '127.0.0.1' }: ServingOptions, json: boolean, terminal: Terminal): void {
  if (!isLoopback(host)) terminal.complain(exposure(ready, host))
  if (json) return terminal.print(JSON.stringify(ready))
  for (const line of description(ready)) terminal.complain(line)
  terminal.print(exportLines(ready).join('\n'))
}

const exposure = ({ google, imap }: Ready, host: string): string =>
  `oauth-imap: ${host} is not loopback: whoever reaches its ports ${google.port} (Google) and ${imap.port} (IMAP) can ` +
  'sign in as any account and read its mail. Proxy and control stay on 127.0.0.1.'
