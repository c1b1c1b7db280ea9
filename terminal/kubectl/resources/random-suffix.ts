const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** Five letters as Kubernetes puts behind generated names, the same for the same number. */
export function randomSuffix(seed: number): string {
  let state = (seed % 2_147_483_646) + 1
  return Array.from({ length: 5 }, () => {
    state = (state * 48_271) % 2_147_483_647
    return LETTERS[state % LETTERS.length] ?? 'b'
  }).join('')
}
