/** Unfinished edits of one file, kept in this tab until the editor ends: a reload or a server's restart loses nothing. */
export interface Draft {
  /** What was in the file when the edit began; a draft of another text is no use. */
  readonly original: string
  readonly text: string
  /** What `:w` wrote last, if anything. */
  readonly written: string | undefined
}

const keyOf = (workspace: string, path: string) => `draft:${workspace}:${path}`

export function keepDraft(workspace: string, path: string, draft: Draft): void {
  try {
    sessionStorage.setItem(keyOf(workspace, path), JSON.stringify(draft))
  } catch {
    // Storage may be off or full; the edit then lives in the page alone.
  }
}

export function dropDraft(workspace: string, path: string): void {
  try {
    sessionStorage.removeItem(keyOf(workspace, path))
  } catch {
    // Nothing was kept either.
  }
}

/** The draft of this file, if it began from the text that the file has now. */
export function findDraft(workspace: string, path: string, original: string): Draft | undefined {
  try {
    const draft: Partial<Draft> | null = JSON.parse(sessionStorage.getItem(keyOf(workspace, path)) ?? 'null')
    if (typeof draft?.text !== 'string' || draft.original !== original) return undefined
    const written = typeof draft.written === 'string' ? draft.written : undefined
    return { original, text: draft.text, written }
  } catch {
    return undefined
  }
}
