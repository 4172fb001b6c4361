import { defineConfig } from './harness/settings.ts'

export default defineConfig({ subject: 'reference', configuration: 'fixtures/clients/example' })
