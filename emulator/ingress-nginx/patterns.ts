const REPEATED_REPETITION = /[*+}]\)*\)[*+{]/
const LONGEST = 512

/** Paths of Ingresses as nginx's regular expressions: from the start, whatever the case. Undefined: not usable. */
export function pathPattern(source: string, anchored: boolean): RegExp | undefined {
  // Repetition of repetitions can take for ever; nobody needs it in a path.
  if (source.length > LONGEST || REPEATED_REPETITION.test(source)) return undefined
  try {
    return new RegExp(anchored ? `^${source}` : source, 'i')
  } catch {
    return undefined
  }
}
