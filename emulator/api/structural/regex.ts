/** Regular expressions of learners, as Go reads them: RE2, whose matching time is linear. */
import { RE2JS } from 're2js'

/** Longer patterns are refused where a CustomResourceDefinition is validated, and match nothing here. */
const MAX_PATTERN = 4096

export interface Regex {
  /** Is there a match anywhere in the text? */
  test(text: string): boolean
  /** The first match at or after a place. */
  findFrom(text: string, at: number): { readonly text: string; readonly at: number } | undefined
}

/** The expression, or why Go would not compile it. */
export function compileRegex(pattern: string): Regex | { readonly error: string } {
  if (pattern.length > MAX_PATTERN) return { error: 'error parsing regexp: expression too large' }
  try {
    const compiled = RE2JS.compile(pattern)
    return {
      test: (text) => compiled.matcher(text).find(),
      findFrom(text, at) {
        const matcher = compiled.matcher(text)
        return matcher.find(at) ? { text: matcher.group() ?? '', at: matcher.start() } : undefined
      },
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { error: message.startsWith('error parsing regexp') ? message : `error parsing regexp: ${message}` }
  }
}
