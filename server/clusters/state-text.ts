/** A state as text, again and again. */
export type StateText = (state: object) => string

/** Fewer values than this are written faster by JSON.stringify than looked up. */
const MANY = 200
/** Down to the objects of a store: state, snapshot, world, store, objects, one resource. */
const DEPTH = 6

/**
 * Writes what JSON.stringify writes. Objects of a cluster's store never change (they are frozen), so where a folder holds
 * many of them, the text of each is made once and kept for as long as the object lives: a command in a cluster with
 * thousands of objects then costs the text of what it changed.
 */
export function createStateText(): StateText {
  const texts = new WeakMap<object, string>()
  const remembered = (value: object): string => {
    let text = texts.get(value)
    if (text === undefined) {
      text = JSON.stringify(value)
      texts.set(value, text)
    }
    return text
  }
  const folder = (value: object, depth: number): string => {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
    const many = entries.length >= MANY
    const written = entries.map(([key, inner]) => {
      const text = many && isFrozen(inner) ? remembered(inner) : write(inner, depth - 1)
      return `${JSON.stringify(key)}:${text}`
    })
    return `{${written.join(',')}}`
  }
  const write = (value: unknown, depth: number): string =>
    depth > 0 && isFolder(value) ? folder(value, depth) : JSON.stringify(value)
  return (state) => write(state, DEPTH)
}

const isFrozen = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.isFrozen(value)

/** A plain object that may hold others; lists and what is frozen are written whole. */
const isFolder = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Object.isFrozen(value)
