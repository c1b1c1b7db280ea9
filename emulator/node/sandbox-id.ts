import type { Pod } from '../generated/types.ts'

/** The 64 digits by which the container runtime knows a Pod. */
export function sandboxId(pod: Pod): string {
  const digits = (pod.metadata?.uid ?? '').replaceAll('-', '')
  return `${digits}${digits}`
}
