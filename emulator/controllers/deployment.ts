import { isAlreadyExists } from '../api/errors.ts'
import { jsonEqual } from '../api/json.ts'
import type { Deployment, ReplicaSet } from '../generated/types.ts'
import { deployment as deploymentKind } from '../kinds/deployment.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { replicaSet as replicaSetKind } from '../kinds/replica-set.ts'
import { claimable, controlledBy } from './controlled.ts'
import { defineController, type ReconcileContext, type ReconcileResult } from './controller.ts'
import { deploymentStatus, isComplete, progressDeadline, withCondition } from './deployment-status.ts'
import {
  annotationsOf,
  controllerOf,
  controllerReference,
  isControlledBy,
  isDeleting,
  labelsOf,
  nameOf,
  namespaceOf,
} from './metadata.ts'
import { podTemplateHash, podTemplateHashLabel, withoutHashLabel } from './pod-template-hash.ts'
import { isPodFinished } from './pods.ts'
import {
  byAge,
  desiredReplicasAnnotation,
  maxReplicas,
  maxReplicasAnnotation,
  newSetSize,
  planCleanup,
  planScale,
  planScaleDown,
  type Resize,
  revisionAnnotation,
  revisionOf,
  sizeOf,
  wanted,
} from './rollout.ts'

/** Rolls a template out over ReplicaSets (upstream: pkg/controller/deployment). */
export const deploymentController = defineController({
  name: 'deployment-controller',
  for: deploymentKind,
  owns: [replicaSetKind],
  watches: [
    {
      // Recreate waits for the last old Pod to go, which no ReplicaSet shows.
      kind: podKind,
      keys: (object, { objects }) => {
        const owner = controllerOf(object)
        if (owner?.kind !== 'ReplicaSet') return []
        const set = objects.get(replicaSetKind, object.metadata?.namespace, owner.name)
        const deployment = set && controllerOf(set)
        return deployment?.kind === 'Deployment'
          ? [{ namespace: object.metadata?.namespace, name: deployment.name }]
          : []
      },
    },
  ],
  delayMs: [5, 20],
  reconcile(key, context) {
    const deployment = context.objects.get(deploymentKind, key.namespace, key.name)
    if (!deployment) return undefined
    return new Rollout(deployment, context).sync()
  },
})

/** One pass over one Deployment; keeps the freshest copies of what it wrote. */
class Rollout {
  private deployment: Deployment
  private readonly context: ReconcileContext

  constructor(deployment: Deployment, context: ReconcileContext) {
    this.deployment = deployment
    this.context = context
  }

  sync(): ReconcileResult | undefined {
    if (isDeleting(this.deployment)) return this.writeStatus()
    this.adopt()
    this.notePause()
    if (this.deployment.spec?.paused || this.isScaling()) {
      const fresh = this.newSet(false)
      this.apply(planScale(this.deployment, fresh, this.oldSets(fresh)))
      for (const set of this.owned()) if (sizeOf(set) > 0) this.resize(set, sizeOf(set))
      if (this.deployment.spec?.paused) this.cleanUp()
      return this.writeStatus()
    }
    if (this.deployment.spec?.strategy?.type === 'Recreate') this.recreate()
    else this.roll()
    return this.writeStatus()
  }

  private owned(): readonly ReplicaSet[] {
    return controlledBy(this.context.objects, replicaSetKind, this.deployment)
  }

  private oldSets(fresh: ReplicaSet | undefined): readonly ReplicaSet[] {
    return this.owned().filter((set) => set.metadata?.uid !== fresh?.metadata?.uid)
  }

  private adopt(): void {
    for (const set of claimable(this.context.objects, replicaSetKind, this.deployment)) {
      const matches = matchesLabelSelector(this.deployment.spec?.selector, labelsOf(set))
      const owners = set.metadata?.ownerReferences ?? []
      if (isControlledBy(set, this.deployment) && !matches) {
        const ownerReferences = owners.filter((owner) => owner.uid !== this.deployment.metadata?.uid)
        this.context.objects.update(replicaSetKind, { ...set, metadata: { ...set.metadata, ownerReferences } })
      } else if (matches && !controllerOf(set) && !isDeleting(set)) {
        const ownerReferences = [...owners, controllerReference(this.deployment, deploymentKind)]
        this.context.objects.update(replicaSetKind, { ...set, metadata: { ...set.metadata, ownerReferences } })
      }
    }
  }

  /** Progressing tells of a pause and of its end, so that the deadline does not run meanwhile. */
  private notePause(): void {
    if (this.deployment.spec?.progressDeadlineSeconds === undefined) return
    const conditions = this.deployment.status?.conditions ?? []
    const current = conditions.find((condition) => condition.type === 'Progressing')
    if (current?.reason === 'ProgressDeadlineExceeded') return
    const noted = current?.reason === 'DeploymentPaused'
    if (noted === (this.deployment.spec.paused === true)) return
    const reason = noted
      ? ({ status: 'Unknown', reason: 'DeploymentResumed', message: 'Deployment is resumed' } as const)
      : ({ status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' } as const)
    this.setStatus({ conditions: withCondition(conditions, 'Progressing', reason, this.context.now) })
  }

  private isScaling(): boolean {
    return this.owned().some((set) => {
      const desired = annotationsOf(set)[desiredReplicasAnnotation]
      return sizeOf(set) > 0 && desired !== undefined && Number(desired) !== wanted(this.deployment)
    })
  }

  private roll(): void {
    const fresh = this.newSet(true)
    if (!fresh) return
    const old = this.oldSets(fresh)
    const size =
      sizeOf(fresh) > wanted(this.deployment)
        ? wanted(this.deployment)
        : newSetSize(this.deployment, [...old, fresh], sizeOf(fresh))
    const resizes =
      size === sizeOf(fresh) ? planScaleDown(this.deployment, fresh, old) : [{ set: fresh, replicas: size }]
    if (resizes.length > 0) this.apply(resizes)
    else this.cleanUpIfComplete(fresh)
  }

  private recreate(): void {
    const existing = this.newSet(false)
    const down = this.oldSets(existing).filter((set) => sizeOf(set) > 0)
    if (down.length > 0) {
      this.apply(down.map((set) => ({ set, replicas: 0 })))
      return
    }
    if (this.oldPodsRun(existing)) return
    const fresh = this.newSet(true)
    if (fresh && sizeOf(fresh) !== wanted(this.deployment)) {
      this.apply([{ set: fresh, replicas: wanted(this.deployment) }])
    } else this.cleanUpIfComplete(fresh)
  }

  private oldPodsRun(fresh: ReplicaSet | undefined): boolean {
    return this.oldSets(fresh).some((set) =>
      controlledBy(this.context.objects, podKind, set).some((pod) => !isPodFinished(pod)),
    )
  }

  private cleanUpIfComplete(fresh: ReplicaSet | undefined): void {
    const status = deploymentStatus(this.deployment, fresh, this.owned(), this.context.now)
    if (isComplete(this.deployment, status)) this.cleanUp()
  }

  private cleanUp(): void {
    for (const set of planCleanup(this.deployment, this.oldSets(this.findNewSet()))) {
      this.context.objects.delete(replicaSetKind, namespaceOf(set), nameOf(set))
    }
  }

  private findNewSet(): ReplicaSet | undefined {
    const template = withoutHashLabel(this.deployment.spec?.template)
    return [...this.owned()].sort(byAge).find((set) => jsonEqual(withoutHashLabel(set.spec?.template), template))
  }

  /** The ReplicaSet of the current template, brought up to date; created if wanted. */
  private newSet(create: boolean): ReplicaSet | undefined {
    const found = this.findNewSet()
    const newest = Math.max(0, ...this.oldSets(found).map(revisionOf))
    const revision = String(newest + 1)
    if (found) {
      const current = this.annotate(found, revision)
      this.setRevision(annotationsOf(current)[revisionAnnotation] ?? revision)
      if (!this.deployment.status?.conditions?.some((condition) => condition.type === 'Progressing')) {
        this.progress('FoundNewReplicaSet', `Found new replica set ${JSON.stringify(nameOf(found))}`)
      }
      return current
    }
    return create ? this.createSet(revision) : undefined
  }

  private createSet(revision: string): ReplicaSet | undefined {
    const { deployment } = this
    const { collisionCount } = deployment.status ?? {}
    const hash = podTemplateHash(deployment.spec?.template, collisionCount)
    const template = deployment.spec?.template
    const labels = { ...template?.metadata?.labels, [podTemplateHashLabel]: hash }
    const selector = deployment.spec?.selector
    const replicas = newSetSize(deployment, this.owned(), 0)
    try {
      const created = this.context.objects.create(replicaSetKind, {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: {
          name: `${nameOf(deployment)}-${hash}`,
          namespace: namespaceOf(deployment),
          labels,
          annotations: { ...this.setAnnotations({}, revision), ...this.sizeAnnotations() },
          ownerReferences: [controllerReference(deployment, deploymentKind)],
        },
        spec: {
          replicas,
          ...(deployment.spec?.minReadySeconds && { minReadySeconds: deployment.spec.minReadySeconds }),
          selector: { ...selector, matchLabels: { ...selector?.matchLabels, [podTemplateHashLabel]: hash } },
          template: { ...template, metadata: { ...template?.metadata, labels } },
        },
      })
      if (replicas > 0) this.noteScaling(created, 0, replicas)
      this.setRevision(revision)
      this.progress('NewReplicaSetCreated', `Created new replica set ${JSON.stringify(nameOf(created))}`)
      return created
    } catch (error) {
      if (!isAlreadyExists(error)) throw error
      this.setStatus({ collisionCount: (collisionCount ?? 0) + 1 })
      return undefined
    }
  }

  private setAnnotations(
    old: { readonly [key: string]: string },
    revision: string,
  ): { readonly [key: string]: string } {
    const own = Object.entries(annotationsOf(this.deployment)).filter(
      ([key]) => key !== lastApplied && !key.startsWith('deployment.kubernetes.io/') && !key.startsWith('deprecated.'),
    )
    const before = old[revisionAnnotation]
    const newer = before === undefined || Number(before) < Number(revision)
    const history =
      newer && before !== undefined
        ? [old[historyAnnotation], before].filter(Boolean).join(',')
        : old[historyAnnotation]
    return {
      ...old,
      ...Object.fromEntries(own),
      [revisionAnnotation]: newer ? revision : before,
      ...(history && { [historyAnnotation]: history }),
    }
  }

  private annotate(set: ReplicaSet, revision: string): ReplicaSet {
    const annotations = this.setAnnotations(annotationsOf(set), revision)
    const { minReadySeconds } = this.deployment.spec ?? {}
    return this.context.objects.update(replicaSetKind, {
      ...set,
      metadata: { ...set.metadata, annotations },
      spec: {
        ...set.spec,
        selector: set.spec?.selector ?? {},
        ...(minReadySeconds !== undefined && { minReadySeconds }),
      },
    })
  }

  private apply(resizes: readonly Resize[]): void {
    for (const { set, replicas } of resizes) {
      this.resize(set, replicas)
      this.noteScaling(set, sizeOf(set), replicas)
    }
  }

  private resize(set: ReplicaSet, replicas: number): void {
    const current = this.context.objects.get(replicaSetKind, namespaceOf(set), nameOf(set))
    if (!current) return
    this.context.objects.update(replicaSetKind, {
      ...current,
      metadata: { ...current.metadata, annotations: { ...annotationsOf(current), ...this.sizeAnnotations() } },
      spec: { ...current.spec, selector: current.spec?.selector ?? {}, replicas },
    })
  }

  private sizeAnnotations(): { readonly [key: string]: string } {
    return {
      [desiredReplicasAnnotation]: String(wanted(this.deployment)),
      [maxReplicasAnnotation]: String(maxReplicas(this.deployment)),
    }
  }

  private noteScaling(set: ReplicaSet, from: number, to: number): void {
    const message = `Scaled ${to > from ? 'up' : 'down'} replica set ${nameOf(set)} from ${from} to ${to}`
    this.context.recorder.event(this.deployment, 'Normal', 'ScalingReplicaSet', message)
  }

  private setRevision(revision: string): void {
    if (annotationsOf(this.deployment)[revisionAnnotation] === revision) return
    const annotations = { ...annotationsOf(this.deployment), [revisionAnnotation]: revision }
    const metadata = { ...this.deployment.metadata, annotations }
    this.deployment = this.context.objects.update(deploymentKind, { ...this.deployment, metadata })
  }

  private progress(reason: string, message: string): void {
    const conditions = this.deployment.status?.conditions ?? []
    const condition = { status: 'True', reason, message } as const
    this.setStatus({ conditions: withCondition(conditions, 'Progressing', condition, this.context.now) })
  }

  private setStatus(change: Partial<NonNullable<Deployment['status']>>): void {
    const status = { ...this.deployment.status, ...change }
    this.deployment = this.context.objects.updateStatus(deploymentKind, { ...this.deployment, status })
  }

  private writeStatus(): ReconcileResult | undefined {
    const status = deploymentStatus(this.deployment, this.findNewSet(), this.owned(), this.context.now)
    this.setStatus(status)
    const current = status.conditions?.find((condition) => condition.type === 'Progressing')
    const deadline = progressDeadline(this.deployment, current)
    if (deadline === undefined) return undefined
    // One second late: time stamps hold whole seconds, and the deadline must have passed.
    return { requeueAfterMs: Math.max(1000, deadline - this.context.now + 1000), background: true }
  }
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'
const historyAnnotation = 'deployment.kubernetes.io/revision-history'
