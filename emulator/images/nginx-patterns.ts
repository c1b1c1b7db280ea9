import { RE2JS } from 're2js'

/** A learner's regular expression, matched in linear time. */
export interface Pattern {
  /** The text that it finds first and its groups; undefined where it finds nothing. */
  match(text: string): readonly string[] | undefined
}

const LONGEST = 1024

/** Undefined: it cannot be used. */
export function patternOf(source: string, anyCase: boolean): Pattern | undefined {
  if (source.length > LONGEST) return undefined
  try {
    const pattern = RE2JS.compile(source, anyCase ? RE2JS.CASE_INSENSITIVE : 0)
    return {
      match(text) {
        const matcher = pattern.matcher(text)
        if (!matcher.find()) return undefined
        return Array.from({ length: pattern.groupCount() + 1 }, (_, group) => matcher.group(group) ?? '')
      },
    }
  } catch {
    return undefined
  }
}
