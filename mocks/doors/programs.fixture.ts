import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { authorizationParameters, exchangeForm } from '../google/flow.fixture.ts'
import { type Ended, programs, scriptOf } from '../google/oracles/program.fixture.ts'
import { openStand } from '../google/oracles/stand.fixture.ts'
import { listen } from './listen.ts'

/** A foreign program that runs the errands of fixtures/oracles/node/errands.ts, and what its user reads of a failure. */
export interface Program {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** Of a host that is not mocked. */
  readonly refused: RegExp
  /** Of a server whose authority it was not told to trust. */
  readonly distrusts: RegExp
  /** It opens a tunnel for plain HTTP too. */
  readonly tunnelsAll?: true
  /** What it says besides. */
  readonly output?: RegExp
}

/** The reason phrase of the proxy. */
const inFull = /Forbidden: api\.example\.test:\d+ is not mocked/

export const errands: readonly Program[] = [
  {
    name: 'curl',
    command: programs.bash,
    args: [scriptOf('curl/errands.sh')],
    refused: /CONNECT tunnel failed, response 403|Received HTTP code 403 from proxy after CONNECT/,
    distrusts: /^curl: \(60\) SSL certificate problem: /,
  },
  {
    name: 'Node’s fetch',
    command: process.execPath,
    args: [scriptOf('node/errands.ts')],
    refused: /Proxy response \(403\)/,
    distrusts: /certificate/,
    tunnelsAll: true,
  },
  {
    name: 'google-auth-library',
    command: process.execPath,
    args: [scriptOf('node/google-auth-library-errands.ts')],
    // It takes what the proxy says for the server's answer.
    refused: /^Error: api\.example\.test:\d+ is not mocked, and nothing was sent there\./,
    distrusts: /certificate/,
    tunnelsAll: true,
  },
  {
    name: 'Bun’s fetch',
    command: programs.bun,
    args: [scriptOf('node/errands.ts')],
    refused: inFull,
    distrusts: /certificate/,
  },
  {
    name: 'Deno’s fetch',
    command: programs.deno,
    args: ['run', '-A', scriptOf('node/errands.ts')],
    refused: /unsuccessful tunnel/,
    distrusts: /invalid peer certificate/,
  },
  {
    name: 'Python’s urllib',
    command: programs.python,
    args: ['-u', scriptOf('python/urllib_errands.py')],
    refused: inFull,
    distrusts: /CERTIFICATE_VERIFY_FAILED/,
  },
  {
    name: 'requests',
    command: programs.python,
    args: ['-u', scriptOf('python/requests_errands.py')],
    refused: inFull,
    distrusts: /CERTIFICATE_VERIFY_FAILED/,
  },
  {
    name: 'Go’s net/http',
    command: programs.goErrands,
    args: [],
    refused: inFull,
    distrusts: /x509: certificate signed by unknown authority/,
  },
  {
    name: 'Java’s HttpClient',
    command: programs.java,
    args: [scriptOf('java/Errands.java')],
    refused: /Tunnel failed, got: 403/,
    distrusts: /PKIX path (?:building|validation) failed/,
    output: /^Picked up JAVA_TOOL_OPTIONS: .*$/,
  },
]

/** A Google, a user who has consented, and an application with a server of its own. */
export async function openErrands() {
  const stand = await openStand()
  let code = ''
  const server = createServer(({ url = '/' }, response) => {
    code = new URL(url, 'http://127.0.0.1').searchParams.get('code') ?? code
    response.end('my own')
  })
  const own = `http://127.0.0.1:${await listen(server)}/`
  const form = stand.file('token-request')
  return {
    ...stand,
    /** The code of the last sign-in. */
    code: () => code,
    /** Signs in with the scripted browser, and lets the program do the rest. */
    async run({ command, args }: Program): Promise<Ended> {
      const parameters = await authorizationParameters({ redirect_uri: own })
      await stand.browser.open(`https://accounts.google.com/o/oauth2/v2/auth?${parameters}`)
      await writeFile(form, String(new URLSearchParams(exchangeForm(code, { redirect_uri: own }))), { mode: 0o600 })
      return stand.play(command, ...args, form, own)
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await stand[Symbol.asyncDispose]()
    },
  }
}
