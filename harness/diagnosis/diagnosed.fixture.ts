import { createLogReader } from './log.ts'
import type { Answers, Diagnosis } from './model.ts'
import { diagnose } from './rank.ts'

/** What the errors of a text come from, newest first. */
export function diagnosed(text: string, answers: Answers = {}): readonly Diagnosis[] {
  const reader = createLogReader()
  for (const line of text.split('\n')) reader.add(line)
  return reader.end().incidents.map((incident) => diagnose(incident, answers))
}

export const idsOf = ({ suspects }: Diagnosis): readonly string[] => suspects.map(({ cause }) => cause.id)
