import fc from 'fast-check'
import type { Comparison } from './comparison.fixture.ts'
import { Party } from './party.fixture.ts'
import type { Server } from './servers.fixture.ts'
import { storyCommands, storyOpening } from './story-commands.fixture.ts'
import { nothingKnown } from './story.fixture.ts'

const seed = 20_260_116
const stories = 120
const longest = 40

/** Plays random stories to both servers at once, each in accounts of its own. What fails is told in its shortest form. */
export async function playStories(
  comparison: Comparison,
  servers: { readonly ours: Server; readonly dovecot: Server },
): Promise<void> {
  let told = 0
  const story = fc.asyncProperty(
    fc.commands(storyCommands, { maxCommands: longest, size: 'max' }),
    async (commands) => {
      const account = `story-${++told}@example.test`
      const parties = {
        ours: await Party.open(servers.ours, account),
        dovecot: await Party.open(servers.dovecot, account),
      }
      try {
        const stage = { comparison, subject: 'story', parties }
        const known = nothingKnown()
        for (const command of storyOpening) await command.run(known, stage)
        await fc.asyncModelRun(() => ({ model: known, real: stage }), commands)
      } finally {
        for (const party of Object.values(parties)) party.end()
      }
    },
  )
  await fc.assert(story, { seed, numRuns: stories, endOnFailure: false })
}
