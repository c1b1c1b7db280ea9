/** Admission: what stands between a well-formed request and the registry (upstream: apiserver/pkg/admission). */
import type { Authorizer } from './authorizer.ts'
import type { ObjectClient } from './client.ts'
import type { KindDefinition } from './kind.ts'
import type { KubeObject, UserInfo } from './types.ts'

export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE'
  readonly kind: KindDefinition
  readonly subresource: string | undefined
  readonly namespace: string | undefined
  readonly name: string
  /** Absent on DELETE. */
  readonly object: KubeObject | undefined
  readonly old: KubeObject | undefined
  readonly user: UserInfo
  /** For plug-ins that ask for more than the path does. */
  readonly authorizer: Authorizer
  readonly dryRun: boolean
  readonly now: number
  readonly objects: ObjectClient
  /** The kind that is served under these names. */
  kindOf(apiVersion: string, kind: string): KindDefinition | undefined
  warn(text: string): void
}

/** One plug-in. `admit` may change the object, before defaults are checked; both may throw a StatusError. */
export interface AdmissionPlugin {
  readonly name: string
  admit?(request: AdmissionRequest): KubeObject | undefined
  validate?(request: AdmissionRequest): void
}
