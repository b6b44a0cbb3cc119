import { clickhouse } from './client.ts'
import type { Version } from './versions.ts'

interface Remembered {
  commitId: string
  answers: Map<string, Promise<unknown>>
}

const MOST_PROJECTS = 1000
const MOST_ANSWERS = 100

/** By connection: in another database the same numbers name other commits. */
const memory = new WeakMap<object, Map<string, Remembered>>()

function answersOf({ projectId, commitId }: Version): Map<string, Promise<unknown>> {
  const projects = memory.get(clickhouse()) ?? new Map<string, Remembered>()
  memory.set(clickhouse(), projects)
  const known = projects.get(projectId)
  if (known?.commitId === commitId) return known.answers
  if (projects.size >= MOST_PROJECTS) projects.clear()
  const answers = new Map<string, Promise<unknown>>()
  projects.set(projectId, { commitId, answers })
  return answers
}

/** Asks once for what a published state says, since that never changes. */
export async function remembered<Answer>(
  version: Version,
  question: string,
  ask: () => Promise<Answer>
): Promise<Answer> {
  const answers = answersOf(version)
  const known = answers.get(question)
  if (known) return known as Promise<Answer>
  if (answers.size >= MOST_ANSWERS) answers.clear()
  const asked = ask()
  answers.set(question, asked)
  // A failure is not an answer: the next one asks again.
  asked.catch(() => answers.delete(question))
  return asked
}
