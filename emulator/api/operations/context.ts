/** What every operation on objects works with. */
import type { Clock, EventQueue, Random } from '../../sim/types.ts'
import type { Authenticate } from '../access.ts'
import type { AdmissionPlugin, AdmissionRequest } from '../admission.ts'
import type { Authorizer } from '../authorizer.ts'
import type { ObjectClient } from '../client.ts'
import type { KindDefinition, StrategyContext } from '../kind.ts'
import type { Registry } from '../registry.ts'
import type { Renewal } from '../renewal.ts'
import type { Store } from '../store.ts'
import type { KubeObject, UserInfo } from '../types.ts'

export interface ApiContext {
  readonly registry: Registry
  readonly store: Store
  readonly clock: Clock
  readonly queue: EventQueue
  readonly random: Random
  readonly admission: readonly AdmissionPlugin[]
  readonly authorizer: Authorizer
  readonly authenticate: Authenticate
  readonly renewal: Renewal
  /** Numbers the watches, so that each has a time-out of its own. */
  nextWatch(): number
  /** The in-process door, for strategies and plug-ins. */
  client(caller: Caller): ObjectClient
}

/** Who writes, and how. */
export interface Caller {
  readonly user: UserInfo
  /** Name under which written fields are owned: `kubectl-create`, `kube-controller-manager`. */
  readonly manager: string
  readonly dryRun: boolean
  /** Did the request bring so much that the object may be too large to store? */
  readonly large?: boolean
  /** Nobody reads its warnings: they need not be worked out. */
  readonly silent?: boolean
  /** What it creates is part of the product and known to be valid (blueprints/valid.test.ts). */
  readonly checked?: boolean
  warn(text: string): void
}

/** One object's place. */
export interface Target {
  readonly kind: KindDefinition
  readonly namespace: string | undefined
  readonly name: string
}

/** What a kind's strategy may use while `caller` writes. */
export function strategyContext(context: ApiContext, caller: Caller): StrategyContext {
  return {
    now: context.clock.now(),
    get objects() {
      return context.client(caller)
    },
    user: caller.user,
    authorizer: context.authorizer,
    authenticate: context.authenticate,
    dryRun: caller.dryRun,
    randomInt: (fork, n) => context.random.fork(fork).int(n),
  }
}

/** Runs every plug-in's `admit`; returns the object as they leave it. */
export function admit(
  context: ApiContext,
  caller: Caller,
  target: Target,
  change: Pick<AdmissionRequest, 'operation' | 'old' | 'subresource'> & { readonly object: KubeObject },
): KubeObject {
  let request = admissionRequest(context, caller, target, change)
  let { object } = change
  for (const plugin of context.admission) {
    const changed = plugin.admit?.(request)
    if (changed === undefined || changed === object) continue
    object = changed
    request = admissionRequest(context, caller, target, { ...change, object })
  }
  return object
}

/** Runs every plug-in's `validate`. */
export function checkAdmission(
  context: ApiContext,
  caller: Caller,
  target: Target,
  change: Pick<AdmissionRequest, 'operation' | 'old' | 'subresource' | 'object'>,
): void {
  const request = admissionRequest(context, caller, target, change)
  for (const plugin of context.admission) plugin.validate?.(request)
}

function admissionRequest(
  context: ApiContext,
  caller: Caller,
  target: Target,
  change: Pick<AdmissionRequest, 'operation' | 'old' | 'subresource' | 'object'>,
): AdmissionRequest {
  let client: ObjectClient | undefined
  return {
    operation: change.operation,
    kind: target.kind,
    subresource: change.subresource,
    namespace: target.namespace,
    name: target.name,
    object: change.object,
    old: change.old,
    user: caller.user,
    authorizer: context.authorizer,
    dryRun: caller.dryRun,
    now: context.clock.now(),
    get objects() {
      client ??= context.client(caller)
      return client
    },
    kindOf(apiVersion, kind) {
      const [group = '', version] = apiVersion.split('/')
      return version === undefined
        ? context.registry.byKind('', group, kind)
        : context.registry.byKind(group, version, kind)
    },
    warn: caller.warn,
  }
}
