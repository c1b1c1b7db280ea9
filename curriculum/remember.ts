/** Keeps what was loaded from content/, in production only: while authors write, every request reads anew. */
const KEY = Symbol.for('slipway.content')
const LIMIT = 500

/** The value under `key`, made by `load` at most once while it is among the last 500 used. Failures are not kept. */
export function remember<T>(key: string, load: () => T): T {
  if (process.env.NODE_ENV === 'development') return load()
  const shared = globalThis as { [KEY]?: Map<string, unknown> }
  shared[KEY] ??= new Map()
  const kept = shared[KEY]
  if (kept.has(key)) {
    const value = kept.get(key) as T
    kept.delete(key)
    kept.set(key, value)
    return value
  }
  const value = load()
  kept.set(key, value)
  if (value instanceof Promise) value.catch(() => kept.delete(key))
  const oldest = kept.keys().next().value
  if (kept.size > LIMIT && oldest !== undefined) kept.delete(oldest)
  return value
}
