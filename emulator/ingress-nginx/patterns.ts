import { type RE2JS as Pattern, RE2JS } from 're2js'

/** A path's regular expression. */
export interface PathPattern {
  /** The text that it finds first and its groups; undefined where it finds nothing. */
  match(path: string): readonly string[] | undefined
}

const LONGEST = 1024

/**
 * Paths of Ingresses as nginx's regular expressions, whatever the case, read by an engine whose time no pattern runs away
 * with: it knows no look-around. Undefined: not usable.
 */
export function pathPattern(source: string, anchored: boolean): PathPattern | undefined {
  if (source.length > LONGEST) return undefined
  const pattern = compiled(anchored ? `^${source}` : source)
  return pattern && { match: (path) => groupsOf(pattern, path) }
}

function compiled(source: string): Pattern | undefined {
  try {
    return RE2JS.compile(source, RE2JS.CASE_INSENSITIVE)
  } catch {
    return undefined
  }
}

function groupsOf(pattern: Pattern, path: string): readonly string[] | undefined {
  const matcher = pattern.matcher(path)
  if (!matcher.find()) return undefined
  return Array.from({ length: pattern.groupCount() + 1 }, (_, group) => matcher.group(group) ?? '')
}
