/**
 * Waits for statements that run side by side, for all of them also where one fails: afterwards none of
 * them writes on.
 *
 * @throws the error of the first in the list that failed
 */
export async function together<Tasks extends readonly Promise<unknown>[]>(
  ...tasks: Tasks
): Promise<{ -readonly [Place in keyof Tasks]: Awaited<Tasks[Place]> }> {
  await Promise.allSettled(tasks)
  return Promise.all(tasks)
}
