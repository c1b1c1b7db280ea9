import { ContentError } from '../content-error.ts'

/** What rules look at: slugs, asked for where a list of them that is mistaken itself is gathered too. */
export interface Scope {
  lessons(): readonly string[]
  exercises(): readonly string[]
  quizzes(): readonly string[]
  cheatSheets(): readonly string[]
}

/** Looks at content/ and gives every mistake of one sort. */
export type Rule = (scope: Scope) => Promise<readonly ContentError[]>

/** What `work` throws or gives, as a list. An error that is none of the author's goes on. */
export async function gather(
  work: () => Promise<readonly ContentError[]> | readonly ContentError[],
): Promise<readonly ContentError[]> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ContentError) return [error]
    throw error
  }
}

/** The mistakes of each item, one item after the other. */
export async function gatherEach<T>(
  items: readonly T[],
  work: (item: T) => Promise<readonly ContentError[]> | readonly ContentError[],
): Promise<readonly ContentError[]> {
  const all: ContentError[] = []
  for (const item of items) all.push(...(await gather(() => work(item))))
  return all
}

/** For a loader that throws its mistakes: what it gives, or undefined. Its own rule names them. */
export async function whatever<T>(load: () => T): Promise<Awaited<T> | undefined> {
  try {
    return await load()
  } catch (error) {
    if (error instanceof ContentError) return undefined
    throw error
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
