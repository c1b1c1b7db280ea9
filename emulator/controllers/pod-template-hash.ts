import type { PodTemplateSpec } from '../generated/types.ts'

export const podTemplateHashLabel = 'pod-template-hash'

const safeAlphabet = 'bcdfghjklmnpqrstvwxz2456789'

/**
 * The suffix that tells a Deployment's ReplicaSets apart: a 32-bit hash of the template in decimal digits, each turned
 * into a letter that cannot spell a word (upstream: controller.ComputeHash, rand.SafeEncodeString). The hashed text is
 * ours (sorted JSON), so values differ from a real cluster's; length and alphabet do not.
 */
export function podTemplateHash(template: PodTemplateSpec | undefined, collisionCount: number | undefined): string {
  let hash = 0x811c9dc5
  const text = sortedJson(template) + (collisionCount === undefined ? '' : `#${collisionCount}`)
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return [...String(hash >>> 0)].map((digit) => safeAlphabet[digit.charCodeAt(0) % safeAlphabet.length]).join('')
}

/** The template without the label that the hash itself adds. */
export function withoutHashLabel(template: PodTemplateSpec | undefined): PodTemplateSpec {
  const { [podTemplateHashLabel]: _, ...labels } = template?.metadata?.labels ?? {}
  return { ...template, metadata: { ...template?.metadata, labels } }
}

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
