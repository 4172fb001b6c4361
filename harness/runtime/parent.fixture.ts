import { writeFileSync } from 'node:fs'
import { openParent } from './parent.ts'

/** What the tests of `spawnScript` and `startWorker` talk to. */
interface Order {
  readonly order: 'echo' | 'environment' | 'print' | 'throw' | 'reject' | 'exit' | 'spin' | 'close' | 'write'
  readonly value?: unknown
}

const orders: Readonly<Record<Order['order'], (value: unknown) => unknown>> = {
  echo: (value) => parent.post({ echo: value }),
  environment: () =>
    parent.post({ names: Object.keys(process.env).toSorted(), arguments: process.argv.slice(2), cwd: process.cwd() }),
  print: (value) => {
    console.log('a'.repeat(Number(value)))
    console.error('to stderr')
  },
  throw: (value) => {
    throw new Error(String(value))
  },
  reject: (value) => Promise.reject(new Error(String(value))),
  exit: (value) => process.exit(Number(value)),
  spin: () => {
    parent.post('spinning')
    for (;;);
  },
  close: () => parent.close(),
  write: (value) => {
    writeFileSync(String(value), 'text')
    parent.post('written')
  },
}

const parent = openParent()
parent.post('ready')
// A module that still loads when the first message comes must not lose it.
await new Promise((resolve) => setTimeout(resolve, 20))
parent.onMessage((message) => {
  const { order, value } = message as Order
  // A rejection that nobody waits for ends the process or thread; that is what the order `reject` is about.
  void orders[order](value)
})
