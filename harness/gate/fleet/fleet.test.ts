import { describe, expect, test } from 'vitest'
import { Fault } from '../../model/fault.ts'
import type { Project } from '../project.ts'
import { together } from './open-fleet.ts'
import { readFleet } from './read-fleet.ts'

const secret = ['GOC', 'SPX-', 'Zm9yLXRlc3RzLW9ubHktbm90LXJlYWw'].join('')
const client = JSON.stringify({ web: { client_id: '1-a.apps.googleusercontent.com', client_secret: secret } }, null, 2)
const indented = (text: string, by: number): string => text.replaceAll(/^/gm, ' '.repeat(by))

async function filesOf(project: Project): Promise<Readonly<Record<string, string>>> {
  const texts = (project.paths ?? []).map(async (path) => [path, (await project.text(path))!.text] as const)
  return Object.fromEntries(await Promise.all(texts))
}
const named = (text: string, name: string): Project => {
  const project = readFleet(text, 'fleet').find((candidate) => candidate.name === name)
  if (project === undefined) throw new Error(`there is no ${name}`)
  return project
}

describe('manifests of Kubernetes', () => {
  const manifests = `apiVersion: v1
kind: Secret
metadata: { name: mail-oauth, namespace: mail, labels: { app.kubernetes.io/name: mail-sync } }
stringData:
  client.json: |
${indented(client, 4)}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: mail-settings, namespace: mail, labels: { app.kubernetes.io/name: mail-sync } }
data:
  IMAP_HOST: imap.gmail.com
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: mail-sync, namespace: mail }
---
apiVersion: v1
kind: Secret
metadata: { name: other }
data:
  client.json: ${btoa(client)}
  blob: /////w==
  broken: "?"
`

  test('what carries one label in one namespace is one configuration', async () => {
    expect(readFleet(manifests, 'fleet').map(({ name }) => name)).toEqual(['mail/mail-sync', 'default/secret/other'])
    expect(await filesOf(named(manifests, 'mail/mail-sync'))).toEqual({
      'client.json': `${client}\n`,
      IMAP_HOST: 'imap.gmail.com',
    })
  })

  test('data of a Secret is decoded; what is no text is left out', async () => {
    expect(await filesOf(named(manifests, 'default/secret/other'))).toEqual({ 'client.json': client })
  })

  test('places in a block of text are lines of the manifest, places in what is encoded are its own', () => {
    const lines = manifests.split('\n')
    const inBlock = named(manifests, 'mail/mail-sync').locate!({ file: 'client.json', line: 3, column: 5 })
    expect(lines[inBlock.line - 1]!.slice(inBlock.column - 1)).toBe(client.split('\n')[2]!.slice(4))
    const encoded = named(manifests, 'default/secret/other').locate!({ file: 'client.json', line: 3, column: 5 })
    expect(lines[encoded.line - 1]!.slice(encoded.column - 1)).toBe(btoa(client))
    // Nothing but a place: the entry itself may be a secret.
    expect(encoded).toEqual({ file: 'fleet', line: encoded.line, column: encoded.column })
  })

  test('a List of JSON is the same', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [{ kind: 'Secret', metadata: { name: 'a' }, data: {} }] }
    expect(readFleet(JSON.stringify(list), '-').map(({ name }) => name)).toEqual(['default/secret/a'])
  })
})

describe('what Terraform shows', () => {
  const resource = { address: 'module.m.google_secret_manager_secret_version.oauth', values: { secret_data: client } }
  const shown = JSON.stringify({
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: [
          { address: 'kubernetes_secret.mail', type: 'kubernetes_secret', values: { data: { 'client.json': client } } },
          { address: 'google_storage_bucket.x', type: 'google_storage_bucket', values: { name: 'x' } },
        ],
        child_modules: [{ resources: [{ ...resource, type: 'google_secret_manager_secret_version' }] }],
      },
    },
  })

  test('resources that hold something are configurations, those of modules too', async () => {
    expect(readFleet(shown, 'plan.json').map(({ name }) => name)).toEqual(['kubernetes_secret.mail', resource.address])
    expect(await filesOf(named(shown, resource.address))).toEqual({ 'secret_data.json': client })
  })

  test('a state file has instances below its resources', async () => {
    const attributes = { name: 'mail.json', value: client }
    const state = { version: 4, terraform_version: '1.9.0' }
    const resources = [
      { type: 'aws_ssm_parameter', name: 'p', instances: [{ attributes, index_key: 'eu' }] },
      { module: 'module.a', type: 'azurerm_key_vault_secret', name: 's', instances: [{ attributes }] },
    ]
    const text = JSON.stringify({ ...state, resources })
    expect(readFleet(text, 'terraform.tfstate').map(({ name }) => name)).toEqual([
      'aws_ssm_parameter.p[eu]',
      'module.a.azurerm_key_vault_secret.s',
    ])
    expect(await filesOf(named(text, 'aws_ssm_parameter.p[eu]'))).toEqual({ 'mail.json': client })
  })
})

describe('lines of JSON', () => {
  const bare = JSON.stringify({ installed: { client_id: '2-b.apps.googleusercontent.com' } })
  const row = JSON.stringify({ name: 'mail', client: { web: {} }, settings: { 'imap.port': 993 } })

  test('a line is a client file, or a name with what belongs to it', async () => {
    expect(readFleet(`${bare}\n\n${row}\n`, '-').map(({ name }) => name)).toEqual(['stdin:1', 'mail'])
    const gate = (await named(`${bare}\n\n${row}\n`, 'mail').text('oauth-imap.gate.json'))!.text
    expect(JSON.parse(gate)).toEqual({
      profiles: {
        production: { client: 'row.json#/client', mapping: { 'imap.port': 'row.json#/settings/imap.port' } },
      },
    })
  })

  test('a line whose client only variables hold asks for no client file', async () => {
    const variables = JSON.stringify({ name: 'web', settings: { clientId: '2-b.apps.googleusercontent.com' } })
    const gate = (await named(variables, 'web').text('oauth-imap.gate.json'))!.text
    expect(JSON.parse(gate)).toEqual({
      profiles: { production: { mapping: { clientId: 'row.json#/settings/clientId' } } },
    })
  })

  test('places are those of the document', () => {
    const project = named(`${bare}\n\n${row}\n`, 'mail')
    expect(project.locate!({ file: 'row.json', line: 1, column: 17 })).toEqual({ file: 'fleet', line: 3, column: 17 })
    expect(project.locate!({ file: 'x', line: 9, column: 9 })).toEqual({ file: 'fleet', line: 3, column: 1 })
  })

  test('a line that cannot be read stays a row of its own', () => {
    expect(readFleet(`${bare}\n{"name": \n${row}`, 'f.jsonl').map(({ name }) => name)).toEqual([
      'f.jsonl:1',
      'f.jsonl:2',
      'mail',
    ])
  })

  test('one client file of many lines is one configuration', () => {
    expect(readFleet(client, 'client.json').map(({ name }) => name)).toEqual(['client.json:1'])
  })
})

test.each([
  ['', 'fleet: it is empty.'],
  ['just words', 'fleet: it holds no configurations.'],
  ['a: [1\n', 'fleet:2:1: expected another indentation.'],
  ['apiVersion: v1\nkind: Pod\n', 'fleet: it holds no Secret, no ConfigMap and no resource with a secret.'],
])('%j is no fleet', (text, message) => {
  const attempt = (): unknown => readFleet(text, 'fleet')
  expect(attempt).toThrow(Fault)
  expect(attempt).toThrow(message)
})

test('configurations with one name are told apart, and keep their own paths', () => {
  const of = (document: string) => ({
    projects: readFleet('{"name": "mail", "client": {}}\n{"name": "mail", "client": {}}\n', document),
    path: (configuration: string, file: string) => `${document}/${configuration}/${file}`,
  })
  const { projects, path } = together([of('a'), of('b')])
  expect(projects.map(({ name }) => name)).toEqual(['mail', 'mail (2)', 'mail (3)', 'mail (4)'])
  expect(projects.map(({ name }) => path(name, 'x'))).toEqual(['a/mail/x', 'a/mail/x', 'b/mail/x', 'b/mail/x'])
})
