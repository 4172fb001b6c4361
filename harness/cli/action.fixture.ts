import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { compileCacheEnvironment } from '../runtime/compile-cache.ts'

export const checkout = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')
export const actionFile = join(checkout, 'action.yml')

interface Step {
  readonly name: string
  readonly id: string
  readonly if?: string
  readonly shell: string
  readonly run: string
  readonly env: Readonly<Record<string, string>>
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

type Values = Readonly<Record<string, string>>

export interface RanStep {
  readonly id: string
  readonly code: number
  readonly log: readonly string[]
  /** The lines that the runner obeyed. */
  readonly commands: readonly string[]
}

export interface Ran {
  readonly steps: readonly RanStep[]
  /** Whether the action succeeded. */
  readonly success: boolean
  readonly outputs: Values
  readonly summary: string
}

export const readAction = async (): Promise<Action> => parse(await readFile(actionFile, 'utf8')) as Action

/** Evaluates what stands in action.yml: values of inputs and of outputs of steps, and equality with a text. */
function expression(text: string, inputs: Values, outputs: ReadonlyMap<string, Values>): string {
  const [, path = '', , literal] = /^\s*([\w.-]+)\s*(==\s*'([^']*)')?\s*$/.exec(text) ?? []
  const [root, name = '', kind, output = ''] = path.split('.')
  if (root !== 'inputs' && !(root === 'steps' && kind === 'outputs')) throw new Error(`not understood: ${text}`)
  const value = root === 'inputs' ? inputs[name] : (outputs.get(name)?.[output] ?? '')
  if (value === undefined) throw new Error(`there is no input ${name}`)
  return literal === undefined ? value : String(value === literal)
}

const filled = (text: string, inputs: Values, outputs: ReadonlyMap<string, Values>): string =>
  text.replaceAll(/\$\{\{(.*?)\}\}/g, (_, inner: string) => expression(inner, inputs, outputs))

/** Runs the action in a folder, step by step, as GitHub’s runner does. */
export async function runAction(workspace: string, given: Values): Promise<Ran> {
  const action = await readAction()
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: usual }]) => [name, given[name] ?? usual]),
  )
  const home = await mkdtemp(join(workspace, '..', 'runner-'))
  const outputs = new Map<string, Values>()
  const steps: RanStep[] = []
  let summary = ''
  for (const step of action.runs.steps) {
    if (step.if !== undefined && expression(step.if, inputs, outputs) !== 'true') continue
    if (steps.some(({ code }) => code !== 0)) break
    const files = await filesOf(join(home, step.id))
    const env = Object.fromEntries(
      Object.entries(step.env).map(([name, value]) => [name, filled(value, inputs, outputs)]),
    )
    await writeFile(files.script, filled(step.run, inputs, outputs))
    const { code, log } = await shell(files.script, workspace, {
      ...env,
      GITHUB_ACTION_PATH: checkout,
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_WORKSPACE: workspace,
      GITHUB_ACTIONS: 'true',
      CI: 'true',
    })
    outputs.set(step.id, valuesOf(await readFile(files.output, 'utf8')))
    summary += await readFile(files.summary, 'utf8')
    steps.push({ id: step.id, code, log, commands: obeyed(log) })
  }
  const told = Object.entries(action.outputs).map(([name, { value }]) => [name, filled(value, inputs, outputs)])
  return {
    steps,
    success: steps.every(({ code }) => code === 0),
    outputs: Object.fromEntries(told) as Values,
    summary,
  }
}

async function filesOf(directory: string) {
  await mkdir(directory)
  const files = {
    script: join(directory, 'script.sh'),
    output: join(directory, 'output'),
    summary: join(directory, 'summary.md'),
  }
  for (const file of Object.values(files)) await writeFile(file, '')
  return files
}

function shell(script: string, cwd: string, env: Values): Promise<{ readonly code: number; readonly log: string[] }> {
  const { PATH = '', HOME = '' } = process.env
  // As the runner starts `shell: bash`.
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd,
    env: { PATH, HOME, ...compileCacheEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk) => (text += chunk))
  return new Promise((resolve) =>
    child.once('close', (code) => resolve({ code: code ?? -1, log: text.split('\n').slice(0, -1) })),
  )
}

/** `name<<END`, lines, `END`. */
function valuesOf(text: string): Values {
  const values: Record<string, string> = {}
  const lines = text.split('\n').slice(0, -1)
  while (lines.length > 0) {
    const [, name, end] = /^([\w-]+)<<(.+)$/.exec(lines.shift()!) ?? []
    if (name === undefined) throw new Error(`the runner refuses this output: ${text}`)
    const value = lines.splice(0, lines.indexOf(end!))
    lines.shift()
    values[name] = value.join('\n')
  }
  return values
}

/** A runner trims a line, obeys it when it begins with `::`, and obeys none between the two of a stop. */
function obeyed(log: readonly string[]): string[] {
  const commands: string[] = []
  let token: string | undefined
  for (const line of log.map((one) => one.trimStart()).filter((one) => one.startsWith('::'))) {
    if (token !== undefined) {
      if (line === `::${token}::`) token = undefined
    } else if (line.startsWith('::stop-commands::')) token = line.slice('::stop-commands::'.length)
    else commands.push(line)
  }
  return commands
}
