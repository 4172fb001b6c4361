import { Fault } from '../../model/fault.ts'
import { readJsonTree } from '../json-tree.ts'
import type { Project } from '../project.ts'
import type { Read, Tree } from '../tree.ts'
import { readYamlTrees } from '../yaml-tree.ts'
import { type Bag, bagProject } from './bag.ts'
import { rowProject } from './json-lines.ts'
import { bagsOfManifests, isManifest } from './kubernetes.ts'
import { bagsOfTerraform, isTerraform } from './terraform.ts'

/**
 * The configurations of a fleet in one document: JSON lines, manifests of Kubernetes (YAML or JSON), or what
 * `terraform show -json` prints.
 *
 * @param document as the user named it; `-` is standard input
 * @throws Fault `USAGE` when the document is none of these
 */
export function readFleet(text: string, document: string): readonly Project[] {
  const name = document === '-' ? 'stdin' : document
  const whole = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (whole.trim() === '') throw nothingIn(name, 'it is empty')
  const json = readJsonTree(whole)
  if ('tree' in json && isTerraform(json.tree)) return projectsOf(bagsOfTerraform(json.tree), name)
  if ('tree' in json && isManifest(json.tree)) return projectsOf(bagsOfManifests([json.tree], whole.split('\n')), name)
  if ('tree' in json && json.tree.members !== undefined) return [rowProject(whole, 1, name)]
  if (whole.trimStart().startsWith('{')) return rowsOf(whole, name)
  const documents = readYamlTrees(whole)
  const broken = documents.find((read) => 'problem' in read)
  if (broken !== undefined && 'problem' in broken)
    throw nothingIn(`${name}:${broken.line}:${broken.column}`, broken.problem)
  const trees = documents.filter((read): read is Read & { tree: Tree } => 'tree' in read).map(({ tree }) => tree)
  if (trees.some(isManifest)) return projectsOf(bagsOfManifests(trees.filter(isManifest), whole.split('\n')), name)
  throw nothingIn(name, 'it holds no configurations')
}

const rowsOf = (text: string, document: string): readonly Project[] =>
  text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => rowProject(line, number, document))

function projectsOf(bags: readonly Bag[], document: string): readonly Project[] {
  if (bags.length > 0) return bags.map((bag) => bagProject(bag, document))
  throw nothingIn(document, 'it holds no Secret, no ConfigMap and no resource with a secret')
}

const nothingIn = (document: string, problem: string): Fault =>
  new Fault(
    'USAGE',
    `${document}: ${problem}.`,
    'Give JSON lines such as {"name": "mail", "client": {"installed": {…}}}, Kubernetes manifests, or `terraform show -json`.',
  )
