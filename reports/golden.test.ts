import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { reportFormats } from './formats.ts'
import { failing } from './samples/failing.ts'
import { gate, soundGate } from './samples/gate.ts'
import { interrupted } from './samples/interrupted.ts'
import { liveAccounts, liveDrift, livePassing } from './samples/live.ts'
import { passing } from './samples/passing.ts'
import { terminal } from './terminal.ts'
import { writers } from './writers.ts'

const update = process.env['UPDATE_GOLDEN'] === '1'
const runs = { passing, failing, interrupted, gate, 'sound-gate': soundGate }
const samples = { ...runs, live: livePassing, 'live-accounts': liveAccounts, 'live-drift': liveDrift }

/** A golden file changes only on demand, so that its difference is read before it is believed. */
function golden(name: string, text: string): void {
  const file = join(import.meta.dirname, name)
  if (update) writeFileSync(file, text)
  expect(existsSync(file), `${name} is missing: run with UPDATE_GOLDEN=1`).toBe(true)
  expect(text).toBe(readFileSync(file, 'utf8'))
}

describe.each(Object.entries(samples))('%s', (name, report) => {
  test.each(writers.map((writer) => [writer.format, writer] as const))('is told as before by %s', (format, writer) => {
    golden(`${format}.${name}.golden${extname(writer.fileName) || '.txt'}`, writer.write(report))
  })

  test('is told as before on a terminal with colours and without Unicode', () => {
    golden(`terminal.${name}.colour.golden.txt`, terminal(report, { colour: true, unicode: true }))
    golden(`terminal.${name}.ascii.golden.txt`, terminal(report, { colour: false, unicode: false }))
  })

  test('is told without being changed', () => {
    const before = structuredClone(report)
    for (const writer of writers) writer.write(report)
    expect(report).toEqual(before)
  })
})

test('no two writers share a format or a file, and each is offered by its own name', () => {
  expect(writers.map((writer) => writer.format)).toEqual(reportFormats)
  expect(new Set(writers.map((writer) => writer.format)).size).toBe(writers.length)
  expect(new Set(writers.map((writer) => writer.fileName)).size).toBe(writers.length)
})
