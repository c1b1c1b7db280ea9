import type { FlagDefinition } from '../cli/flags.ts'
import { KubectlError } from '../errors.ts'

export const CASCADE_FLAG: FlagDefinition = {
  kind: 'string',
  default: 'background',
  bare: 'background',
  summary: 'Must be "background", "orphan", or "foreground". What happens to the objects that this one owns.',
}

/** The API's propagation policy (upstream: cmdutil, DeleteFlags and GetCascadingStrategy). Throws KubectlError. */
export function cascadePolicy(cascade: string): string {
  const policies = new Map([
    ['background', 'Background'],
    ['foreground', 'Foreground'],
    ['orphan', 'Orphan'],
    ['true', 'Background'],
    ['false', 'Orphan'],
  ])
  const policy = policies.get(cascade)
  if (policy === undefined)
    throw new KubectlError(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`)
  return policy
}
