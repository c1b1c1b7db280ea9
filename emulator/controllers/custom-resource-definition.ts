import { jsonEqual } from '../api/json.ts'
import type { KindDefinition } from '../api/kind.ts'
import { resourceName } from '../api/kind.ts'
import type { CustomResourceDefinition } from '../generated/types.ts'
import { CLEANUP_FINALIZER, isTrue, withCondition } from '../kinds/custom-resource-definition/conditions.ts'
import { customResourceDefinition } from '../kinds/custom-resource-definition.ts'
import { type ControllerDefinition, defineController, type ReconcileContext } from './controller.ts'
import { acceptNames } from './custom-resource-definition-names.ts'
import { isDeleting, nameOf } from './metadata.ts'

/**
 * Accepts a definition's names, then says that it is served; empties and lets go one that is being deleted (upstream:
 * apiextensions-apiserver/pkg/controller: status, establish, apiapproval, finalizer). `kinds` are all that are served now.
 */
export function createCustomResourceDefinitionController(kinds: () => readonly KindDefinition[]): ControllerDefinition {
  return defineController({
    name: 'custom-resource-definition',
    for: customResourceDefinition,
    watches: [
      {
        kind: customResourceDefinition,
        // Names that one definition gives up may be what another of its group waits for.
        keys: (object, { objects }) =>
          objects
            .list(customResourceDefinition)
            .filter((other) => groupOf(other) === groupOf(object) && !isTrue(other, 'NamesAccepted'))
            .map((other) => ({ namespace: undefined, name: nameOf(other) })),
      },
    ],
    watchesCustom: (kind) => [{ namespace: undefined, name: resourceName(kind) }],
    delayMs: [2, 8],
    reconcile(key, context) {
      const definition = context.objects.get(customResourceDefinition, undefined, key.name)
      if (!definition) return undefined
      if (isDeleting(definition)) clean(definition, kinds(), context)
      else establish(definition, context)
      return undefined
    },
  })
}

const groupOf = (object: object): string => (object as CustomResourceDefinition).spec.group

function establish(definition: CustomResourceDefinition, { objects, now }: ReconcileContext): void {
  const approved = withApproval(definition, now)
  const named = acceptNames(approved, objects.list(customResourceDefinition), now)
  const next = isTrue(named, 'NamesAccepted')
    ? withCondition(
        named,
        {
          type: 'Established',
          status: 'True',
          reason: 'InitialNamesAccepted',
          message: 'the initial names have been accepted',
        },
        now,
      )
    : named
  if (!jsonEqual(next.status, definition.status)) objects.updateStatus(customResourceDefinition, next)
}

/** Groups of the Kubernetes project itself say who approved them. */
function withApproval(definition: CustomResourceDefinition, now: number): CustomResourceDefinition {
  const value = definition.metadata?.annotations?.['api-approved.kubernetes.io']
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(definition.spec.group) || value === undefined) return definition
  const type = 'KubernetesAPIApprovalPolicyConformant'
  const condition = value.startsWith('unapproved')
    ? {
        type,
        status: 'False',
        reason: 'UnapprovedAnnotation',
        message: `not approved: ${JSON.stringify(value)}`,
      }
    : { type, status: 'True', reason: 'ApprovedAnnotation', message: `approved in ${value}` }
  return withCondition(definition, condition, now)
}

function clean(
  definition: CustomResourceDefinition,
  kinds: readonly KindDefinition[],
  context: ReconcileContext,
): void {
  const { objects, now } = context
  if (!definition.metadata?.finalizers?.includes(CLEANUP_FINALIZER)) return
  const kind = kinds.find((one) => one.custom && resourceName(one) === nameOf(definition))
  const left = kind ? objects.list(kind) : []
  for (const object of left) {
    if (kind && !isDeleting(object)) objects.delete(kind, object.metadata?.namespace, nameOf(object))
  }
  const remaining = kind ? objects.list(kind).length : 0
  if (remaining > 0) {
    const terminating = withCondition(
      definition,
      {
        type: 'Terminating',
        status: 'True',
        reason: 'InstanceDeletionInProgress',
        message: 'CustomResource deletion is in progress',
      },
      now,
    )
    if (!jsonEqual(terminating.status, definition.status)) objects.updateStatus(customResourceDefinition, terminating)
    return
  }
  const finalizers = definition.metadata.finalizers.filter((name) => name !== CLEANUP_FINALIZER)
  objects.update(customResourceDefinition, { ...definition, metadata: { ...definition.metadata, finalizers } })
}
