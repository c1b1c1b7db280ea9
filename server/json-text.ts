/** Writes what JSON.stringify writes. */
export type JsonText = (value: object) => string

/** Fewer values than this are written faster by JSON.stringify than looked up. */
const MANY = 200
/**
 * Down to the objects of a saved store (state, snapshot, world, store, objects, a resource), what each container was
 * started with (…, runtime, containers, one of them), and the objects of a Table's rows.
 */
const DEPTH = 8

/**
 * A writer that remembers. Objects of a cluster's store never change (they are frozen), so where many stand together, in
 * a list or under one name, the text of each is made once and kept for as long as the object lives. To save or to list a
 * cluster with thousands of objects again then costs the text of what has changed.
 */
export function createJsonText(): JsonText {
  const texts = new WeakMap<object, string>()
  const remembered = (value: object): string => {
    let text = texts.get(value)
    if (text === undefined) {
      text = JSON.stringify(value)
      texts.set(value, text)
    }
    return text
  }
  const write = (value: unknown, depth: number, among: boolean): string => {
    if (depth === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
    if (Object.isFrozen(value)) return among ? remembered(value) : JSON.stringify(value)
    if (Array.isArray(value)) {
      if (value.length < MANY) return JSON.stringify(value)
      return `[${value.map((item) => write(item, depth - 1, true)).join(',')}]`
    }
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
    const many = among || entries.length >= MANY
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${write(inner, depth - 1, many)}`).join(',')}}`
  }
  return (value) => write(value, DEPTH, false)
}
