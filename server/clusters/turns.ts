/** Does things one after another for each key; what fails holds up nothing. */
export function createTurns<K extends object>(): <T>(key: K, act: () => Promise<T>) => Promise<T> {
  const turns = new WeakMap<K, Promise<unknown>>()
  return (key, act) => {
    const turn = (turns.get(key) ?? Promise.resolve()).then(act, act)
    turns.set(key, turn)
    return turn
  }
}
