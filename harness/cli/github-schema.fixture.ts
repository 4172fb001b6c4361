import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { JSONObjectReader } from '@actions/workflow-parser/templates/json-object-reader'
import { TemplateSchema } from '@actions/workflow-parser/templates/schema/template-schema'
import { TemplateContext, TemplateValidationErrors } from '@actions/workflow-parser/templates/template-context'
import { readTemplate } from '@actions/workflow-parser/templates/template-reader'
import { NoOperationTraceWriter } from '@actions/workflow-parser/templates/trace-writer'
import { YamlObjectReader } from '@actions/workflow-parser/workflows/yaml-object-reader'
import { checkout } from './action.fixture.ts'

const installed = join(checkout, 'node_modules/@actions/workflow-parser/dist')

/**
 * What GitHub’s own parser says against an action or a workflow. Its entry imports JSON as bundlers do and Node does not,
 * so that its parts are put together here as it does.
 */
export async function refusals(kind: 'action' | 'workflow', content: string): Promise<readonly string[]> {
  const schema = await readFile(join(installed, `${kind}-v1.0.min.json`), 'utf8')
  const context = new TemplateContext(
    new TemplateValidationErrors(),
    TemplateSchema.load(new JSONObjectReader(undefined, schema)),
    new NoOperationTraceWriter(),
  )
  const id = context.getFileId(`${kind}.yml`)
  const reader = new YamlObjectReader(id, content)
  for (const { message, range } of reader.errors) context.error(id, message, range)
  if (reader.errors.length === 0) readTemplate(context, `${kind}-root-strict`, reader, id)
  return context.errors.getErrors().map(({ message }) => message)
}
