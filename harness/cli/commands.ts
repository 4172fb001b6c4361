import type { Command, Option } from './command.ts'
import { reportFormats } from '../../reports/formats.ts'

const seed: Option = { flags: '--seed <number>', describe: 'whole number from which every world is made (default 1)' }
const only: Option = { flags: '--only <glob>', describe: 'judge only checks whose id matches', several: true }
const report = (usual: string): Option => ({
  flags: '--report <format[=file]>',
  describe: `${reportFormats.join(', ')}; - as file is standard output; ${usual}`,
  several: true,
})
const out: Option = { flags: '--out <directory>', describe: 'where reports go (default conformance-report)' }

export const commands: readonly Command[] = [
  {
    name: 'demo',
    summary: 'play the built-in example through the whole life of a token and show the twelve steps',
    options: [
      { flags: '--break <name>', describe: 'play a counterexample and see its step turn red' },
      only,
      seed,
      out,
    ],
    load: () => import('./commands/demo.ts'),
  },
  {
    name: 'run',
    summary: 'test an application and write reports',
    options: [
      { flags: '--subject <subject>', describe: 'the application; default: the one that the settings name' },
      {
        flags: '--mailbox <server>',
        describe: 'what holds the mail: embedded (default), dovecot, greenmail or image:NAME of the settings',
      },
      only,
      { flags: '--step <number>', describe: 'judge only this step', several: true },
      seed,
      { flags: '--timeout <seconds>', describe: 'real time that one scenario may take (default 60)' },
      { flags: '--strict', describe: 'a violated SHOULD fails too' },
      report('default json and html'),
      out,
      { flags: '--settings <file>', describe: 'default: oauth-imap.config.ts, .js or .json in this folder' },
    ],
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'check',
    arguments: '[paths...]',
    summary: 'check client files, settings and repository of a project before the first request; no network',
    options: [
      { flags: '--play', describe: 'play the life of a token with each profile at mocks of Google and Gmail' },
      {
        flags: '--from <file>',
        describe:
          'a fleet in one document, - for standard input: JSON lines, Kubernetes manifests, terraform show -json',
        several: true,
      },
      only,
      { flags: '--step <number>', describe: 'judge only this step', several: true },
      { flags: '--strict', describe: 'a violated SHOULD fails too' },
      { flags: '--no-history', describe: 'search no earlier commits for secrets, only the files of today' },
      report('none unless told'),
      out,
      { flags: '--changed-since <commit>', describe: 'only findings that rest on what changed since then count' },
      {
        flags: '--write-baseline [file]',
        describe: 'write today’s violations down, so that only new ones fail (default oauth-imap.baseline.json)',
      },
      { flags: '--fix', describe: 'show what could be mended without a decision, and mend it once you agree' },
      { flags: '--yes', describe: 'agree to what --fix shows' },
    ],
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'live',
    summary:
      'verify real accounts: sign-in, tokens, refresh, login and a read-only look at the mail; tell where Google drifted',
    options: [
      {
        flags: '--client <file>',
        describe: 'client file of the Google console; env:NAME for what stands in a variable',
      },
      {
        flags: '--account <address>',
        describe: 'the account to verify',
        once: 'Name several with --accounts FILE, one address a line.',
      },
      {
        flags: '--accounts <file>',
        describe: 'several, one address a line, - for standard input; grants must be stored',
      },
      { flags: '--unattended', describe: 'never ask in the browser: the grant is stored or comes by --grant' },
      { flags: '--grant <env:name>', describe: 'take the grant from this variable and store nothing' },
      { flags: '--vault <directory>', describe: 'where grants are kept (default: a private folder of this user)' },
      { flags: '--again', describe: 'ask for access although a grant is stored' },
      { flags: '--write', describe: 'also write one message in a label of our own, and remove both' },
      { flags: '--revoke', describe: 'also end the grant, and see that it is dead' },
      { flags: '--include-mail', describe: 'let senders and subjects stand in reports' },
      { flags: '--diagnose', describe: 'one refresh, one look at the token, one login; name the cause, store nothing' },
      { flags: '--record <file>', describe: 'write what was seen of the servers, without anything of an account' },
      { flags: '--issuer <url>', describe: 'another service than Google' },
      { flags: '--imap <host:port>', describe: 'its mail server' },
      { flags: '--scope <scopes>', describe: 'what to ask it for (default: openid email offline_access)' },
      { flags: '--ca <file>', describe: 'authorities to trust besides the system’s, PEM' },
      { flags: '--no-browser', describe: 'print the address of the consent screen instead of opening it' },
      { flags: '--wait <seconds>', describe: 'how long to wait for the consent (default 300)' },
      { flags: '--lanes <number>', describe: 'accounts at a time (default 8)' },
      { flags: '--shard <i/n>', describe: 'only the i-th of n parts of the accounts' },
      {
        flags: '--log <file>',
        describe: 'results of several accounts, line by line; a run that was cut short goes on from it',
      },
      { flags: '--fresh', describe: 'begin the log anew' },
      { flags: '--most-bytes <number>', describe: 'octets that may be received, for each account (default 4194304)' },
      only,
      { flags: '--step <number>', describe: 'judge only this step', several: true },
      { flags: '--strict', describe: 'a violated SHOULD fails too, drift among others' },
      report('default json and html'),
      out,
    ],
    load: () => import('./commands/live.ts'),
  },
  {
    name: 'report',
    arguments: '<merge> <files...>',
    summary: 'merge the logs of live runs, such as the shards of one fleet, to the report of one run',
    options: [
      { flags: '--strict', describe: 'a violated SHOULD fails too, also where the runs were told otherwise' },
      report('default json and html'),
      out,
    ],
    load: () => import('./commands/report.ts'),
  },
  {
    name: 'init',
    arguments: '<kind> [folder]',
    summary: 'write a first file of a kind: gate, which says where a project keeps what check looks at',
    options: [],
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'attest',
    arguments: '[file]',
    summary:
      'show what is attested of the Google console, and say that it is so today; write a form where there is none',
    options: [{ flags: '--by <name>', describe: 'who looked; default: who did so before' }],
    load: () => import('./commands/attest.ts'),
  },
  {
    name: 'serve',
    summary: 'serve the mocks of Google and Gmail for any program, until it is interrupted; print the environment',
    options: [
      { flags: '--json', describe: 'print one line of JSON instead, with addresses, credentials and environment' },
      {
        flags: '--world <file>',
        describe:
          'YAML or JSON: clients, accounts, consent screen, mail (default: two accounts); or a preset of fixtures/worlds/presets, such as testing-7-days',
      },
      { flags: '--listen <address>', describe: 'IP address for Google and IMAP (default 127.0.0.1)' },
      { flags: '--port <number>', describe: 'port of Google (default: any that is free)' },
      { flags: '--imap-port <number>', describe: 'port of IMAP' },
      { flags: '--proxy-port <number>', describe: 'port of the proxy that leads to both, on loopback' },
      { flags: '--control-port <number>', describe: 'port of the interface that steers the world, on loopback' },
      { flags: '--files <directory>', describe: 'where the files for clients go and stay (default: away at the end)' },
      { flags: '--seed <number>', describe: 'make up the same credentials and tokens as before (default: new ones)' },
    ],
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'list',
    summary: 'list every check',
    options: [{ flags: '--json', describe: 'as JSON, with clauses and counterexamples' }],
    load: () => import('./commands/list.ts'),
  },
  {
    name: 'explain',
    arguments: '<check-id>',
    summary: 'tell what a check requires, who says so, what goes wrong without it and how to mend it',
    options: [],
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'steps',
    arguments: '[number]',
    summary: 'tell the twelve steps, or one of them with its checks',
    options: [],
    load: () => import('./commands/steps.ts'),
  },
  {
    name: 'why',
    arguments: '[error]',
    summary:
      'name what an error comes from: one that you give, those of a log on standard input, or one that you paste',
    options: [
      { flags: '--answer <key=value>', describe: 'a fact that no log shows; the question names it', several: true },
      { flags: '--json', describe: 'as JSON' },
      { flags: '--ticket', describe: 'as Markdown for a ticket, without secrets' },
    ],
    load: () => import('./commands/why.ts'),
  },
]
