/**
 * A kind is one record: everything the API server, kubectl and the controllers ask about a resource.
 * Shared code never asks which kind it holds; it asks the kind's record.
 * What takes an object is written as a method: TypeScript then lets a `KindDefinition<Service>` stand in a list of
 * `KindDefinition`, which holds because each record is only ever given objects of its own kind.
 */

import type { Authenticate } from './access.ts'
import type { Authorizer } from './authorizer.ts'
import type { ObjectClient } from './client.ts'
import type { Decoded } from './decode.ts'
import type { FieldError } from './field.ts'
import type { FieldSchema } from './schema.ts'
import type { KubeObject, UserInfo } from './types.ts'

export interface KindDefinition<T extends KubeObject = KubeObject> {
  /** API group; `''` is core. */
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly singular?: string
  readonly shortNames?: readonly string[]
  readonly categories?: readonly string[]
  readonly scope: 'Namespaced' | 'Cluster'
  readonly subresources?: readonly string[]
  /** Verbs of the resource where they are not the usual eight (ComponentStatus is only read). */
  readonly verbs?: readonly string[]
  /** A POST of one is a POST to this subresource of the object that it names (Binding). */
  readonly through?: { readonly resource: string; readonly subresource: string }
  /** Another version, or another group, of what is stored as another record says. */
  readonly view?: KindView
  /** What a CustomResourceDefinition brought. */
  readonly custom?: CustomResource
  /** Kind of its lists; default: the kind with `List` behind it. */
  readonly listKind?: string
  /** Name of the model in emulator/generated/schema.js ("Service"); of a custom resource, OpenAPI's name. */
  readonly schema: string
  /** Fields as ownership sees them, where no model says it. */
  readonly fields?: () => FieldSchema
  /**
   * Fills in what the API server's defaulting fills in (upstream: pkg/apis/<group>/<version>/defaults.go). Pure. Parts
   * that are the same values in `old` have their defaults.
   */
  default?(object: T, old?: T): T
  /** All field errors, in the API server's order and words (upstream: pkg/apis/<group>/validation). `old` on update. */
  validate?(object: T, old: T | undefined): readonly FieldError[]
  /** Warnings that a write answers with (upstream: the strategy's WarningsOnCreate/Update). */
  warnings?(object: T, old: T | undefined): readonly string[]
  /** Warning on every use of this resource, e.g. of v1 Endpoints. */
  readonly deprecation?: string
  readonly strategy?: {
    /** After defaulting, before validation: drops status, sets generation, allocates. May throw StatusError. */
    prepareForCreate?(object: T, context: StrategyContext): T
    prepareForUpdate?(object: T, old: T, context: StrategyContext): T
    /** For `PUT/PATCH …/status`. Without it the shared code takes only `status` (and metadata) from the request. */
    prepareForStatusUpdate?(object: T, old: T, context: StrategyContext): T
    /** Writes through subresources other than status, which change and check less or more than those of the object. */
    readonly subresourceUpdates?: { readonly [subresource: string]: SubresourceUpdate<T> }
    /** Validation of `metadata.name`; default: DNS subdomain. */
    readonly validateName?: (name: string) => readonly string[]
    /** Seconds of grace a DELETE without options gives; 0 or absent deletes at once (Pod: terminationGracePeriodSeconds). */
    gracePeriod?(object: T): number
    /** Does spec differ in a way that bumps metadata.generation? Default: `spec` is not deeply equal. Kinds without generation return false. */
    bumpsGeneration?(object: T, old: T): boolean
    /** PUT of a name that does not exist creates it (upstream: AllowCreateOnUpdate; Lease, Endpoints, Event, …). */
    readonly allowCreateOnUpdate?: boolean
    /** Finalizers need no path in their names (upstream: kinds that only apimachinery validates). */
    readonly plainFinalizers?: boolean
    /** What must be taken off before a deleted object goes; default: metadata.finalizers (Namespace: spec.finalizers too). */
    finalizers?(object: T): readonly string[]
    /** The object as it stands from its deletion on, when it lingers (Namespace: phase Terminating). */
    prepareForDelete?(object: T, context: StrategyContext): T
  }
  /** Columns of `kubectl get`; the Age column is added by shared code only if listed here by `ageColumn`. */
  readonly columns: readonly Column<T>[]
  /** Paths that `--field-selector` accepts beyond metadata.name and metadata.namespace, e.g. { 'status.phase': (pod) => … }. */
  readonly selectableFields?: { readonly [path: string]: SelectableField<T> }
  /** `kubectl describe` of one object: lines with tabs between cells, later aligned as Go's tabwriter does (minwidth 0, padding 2). */
  describe?(object: T, context: DescribeContext): readonly string[]
  /** A kind of which nothing is stored: what there is of it now, in no order (NodeMetrics). */
  computed?(): readonly T[]
  /** A kind that stores nothing: POST answers with this (SelfSubjectAccessReview, …), and no other verb is served. */
  answer?(object: T, context: StrategyContext): T
  /** `kubectl scale`, `autoscale` and the scale subresource. */
  readonly scale?: {
    replicas(object: T): number
    withReplicas(object: T, replicas: number): T
    statusReplicas(object: T): number
    selector(object: T): string
  }
}

/**
 * How a kind without a model is read and shown. Of such kinds nothing is merged strategically, and an update must name
 * the resourceVersion that it replaces.
 */
export interface CustomResource {
  /** The object with what its schema knows; never throws. */
  decode(value: Readonly<Record<string, unknown>>): Decoded
  /** What is stored, as this version shows it. */
  serve(stored: KubeObject): KubeObject
  /** What this version shows, as it is stored. */
  store(served: KubeObject): KubeObject
  /** The schema for OpenAPI, without identity and metadata. */
  openApi(version: 2 | 3): { readonly [keyword: string]: unknown }
  /** Its definition is going: nothing new may be made. */
  readonly terminating: boolean
  /** Changes with the definition. */
  readonly revision: string
}

/** What a write through a subresource makes of an object. Written as methods for the same reason as in `KindDefinition`. */
export interface SubresourceUpdate<T> {
  /** The object as it is stored, from the request with its defaults. */
  prepare(object: T, old: T): T
  /** In place of the kind's own validation. */
  validate(object: T, old: T): readonly FieldError[]
}

/** Reads one selectable field. Written as a method for the same reason as in `KindDefinition`. */
export type SelectableField<T> = { read(object: T): string }['read']

export interface Column<T> {
  /** As in the Table's columnDefinitions ("External-IP"); kubectl prints it in upper case. */
  readonly name: string
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'date'
  readonly format?: string
  readonly description?: string
  /** Shown with `-o wide` only (priority 1). */
  readonly wide?: boolean
  /** Default: 1 for a wide column, else 0. */
  readonly priority?: number
  cell(object: T, context: ColumnContext): string | number | boolean | null
}

export interface ColumnContext {
  /** Virtual now in ms since the epoch, for ages. */
  readonly now: number
}

/** What strategies may use. Allocation derives from the store (`objects.list(...)`), so a dry run needs no rollback. */
export interface StrategyContext {
  readonly now: number
  readonly objects: ObjectClient
  readonly user: UserInfo
  /** For the kinds that answer who may do what. */
  readonly authorizer: Authorizer
  /** For the kind that answers whose token this is. */
  readonly authenticate: Authenticate
  readonly dryRun: boolean
  /** Random integer in [0, n), from the cluster's seed, forked by name. */
  readonly randomInt: (fork: string, n: number) => number
}

/** What describers may read: the same objects a kubectl would fetch. */
export interface DescribeContext {
  readonly now: number
  readonly list: <K extends KubeObject>(
    resource: string,
    options?: { readonly namespace?: string; readonly labels?: string; readonly fields?: string },
  ) => readonly K[]
  /** False when several objects are described at once: kubectl 1.36 then prints no Events. */
  readonly showEvents: boolean
}

/** Identity with types: a kind reads as data, and inference does the rest. */
export function defineKind<T extends KubeObject>(definition: KindDefinition<T>): KindDefinition<T> {
  return Object.freeze(definition)
}

/** How one kind shows what is stored as another. */
export interface KindView {
  /** The resource it is stored as: `events`. */
  readonly of: string
  serve(stored: KubeObject): KubeObject
  store(served: KubeObject): KubeObject
}

/** Where a kind's objects lie in the store. */
export const storageName = (kind: Pick<KindDefinition, 'group' | 'plural' | 'view'>): string =>
  kind.view?.of ?? resourceName(kind)

/** `pods`, `deployments.apps`: how resources are keyed in the store and named in messages. */
export function resourceName(kind: Pick<KindDefinition, 'group' | 'plural'>): string {
  return kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`
}
