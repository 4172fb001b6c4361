import process from 'node:process'
import { openNamespace } from './namespace.ts'

/** A harness that runs a program in a namespace until somebody kills it, and so can tidy up nothing. */
const [mark] = process.argv.slice(2)
const world = { journal: { record: () => 'elsewhere#1' }, secrets: { mask: (text: string) => text } }
const namespace = await openNamespace(world as never, { routes: {}, directory: '/' })
const script = `sleep ${mark} & echo begun; exec sleep ${mark}`
const program = namespace.start('/bin/sh', ['-c', script], { env: { PATH: '/usr/bin:/bin' }, seconds: 60 })
program.stdout.once('data', () => process.stdout.write(JSON.stringify({ pid: process.pid })))
