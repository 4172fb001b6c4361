import { capabilities } from './model/capability.ts'
import type { SubjectFactory } from './model/subject.ts'
import { writeWhole } from './runtime/files.ts'

/** A subject that shows its client secret wherever it can. */
const factory: SubjectFactory = ({ client: { client_secret: secret }, home, log }) => ({
  name: `client ${secret}`,
  version: btoa(secret),
  capabilities: new Set(capabilities),
  async perform({ act }) {
    log(`${act} with ${secret}`)
    await writeWhole(`${home}/${secret}`, 'empty')
    if (act === 'sign-in') return { outcome: 'needs-consent', reason: `for ${encodeURIComponent(`${secret}+`)}` }
    const labels = [JSON.stringify(`${secret}"`)]
    return { outcome: 'done', delivered: [{ folder: secret, uid: 1, gmMessageId: secret, labels }] }
  },
  [Symbol.asyncDispose]: async () => {
    throw new Error(`cannot end ${secret}`)
  },
})
export default factory
