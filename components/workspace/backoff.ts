/** Wait before attempt n (from 1): 0.4 s doubling to 8 s, spread by a fifth so that a restart is not met by a stampede. */
export function reconnectDelay(attempt: number, chance: number): number {
  const base = Math.min(8000, 400 * 2 ** Math.max(0, attempt - 1))
  return Math.round(base * (0.8 + 0.4 * chance))
}
