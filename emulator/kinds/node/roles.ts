import type { Node } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'

const ROLE_PREFIX = 'node-role.kubernetes.io/'

/** A node's roles, sorted, from its labels (upstream: pkg/printers/internalversion/printers.go findNodeRoles). */
export function nodeRoles({ metadata }: Node): readonly string[] {
  const roles = new Set<string>()
  for (const [key, value] of Object.entries(metadata?.labels ?? {})) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length) roles.add(key.slice(ROLE_PREFIX.length))
    else if (key === 'kubernetes.io/role' && value !== '') roles.add(value)
  }
  return [...roles].sort(byBytes)
}
