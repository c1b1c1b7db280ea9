/** The Gateway API's objects as a controller reads them: what their definitions' schemas let through. */
import type { ObjectClient } from '../api/client.ts'
import type { KindDefinition } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'
import type { LabelSelector } from '../generated/types.ts'

export const GROUP = 'gateway.networking.k8s.io'
/** The controller's own kinds. */
export const OWN_GROUP = 'gateway.nginx.org'

export interface Condition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
  readonly observedGeneration?: number
  readonly lastTransitionTime: string
}

interface ObjectReference {
  readonly group?: string
  readonly kind?: string
  readonly namespace?: string
  readonly name: string
}

export interface GatewayClass extends KubeObject {
  readonly spec: { readonly controllerName: string; readonly parametersRef?: ObjectReference }
  readonly status?: { readonly conditions?: readonly Condition[] }
}

export interface RouteKind {
  readonly group?: string
  readonly kind: string
}

export interface Listener {
  readonly name: string
  readonly hostname?: string
  readonly port: number
  readonly protocol: string
  readonly tls?: {
    readonly mode?: string
    readonly certificateRefs?: readonly ObjectReference[]
    readonly options?: { readonly [name: string]: string }
  }
  readonly allowedRoutes?: {
    readonly namespaces?: { readonly from?: string; readonly selector?: LabelSelector }
    readonly kinds?: readonly RouteKind[]
  }
}

interface ListenerStatus {
  readonly name: string
  readonly attachedRoutes: number
  readonly supportedKinds?: readonly RouteKind[]
  readonly conditions: readonly Condition[]
}

export interface Gateway extends KubeObject {
  readonly spec: {
    readonly gatewayClassName: string
    readonly listeners: readonly Listener[]
    readonly infrastructure?: {
      readonly labels?: { readonly [key: string]: string }
      readonly annotations?: { readonly [key: string]: string }
      readonly parametersRef?: ObjectReference
    }
  }
  readonly status?: {
    readonly addresses?: readonly { readonly type?: string; readonly value?: string }[]
    readonly conditions?: readonly Condition[]
    readonly listeners?: readonly ListenerStatus[]
  }
}

export interface ParentReference extends ObjectReference {
  readonly sectionName?: string
  readonly port?: number
}

export interface BackendReference extends ObjectReference {
  readonly port?: number
  readonly weight?: number
  readonly filters?: readonly Filter[]
}

interface NamedValue {
  readonly name: string
  readonly value: string
}

interface Comparison extends NamedValue {
  readonly type?: string
}

export interface HeaderChanges {
  readonly set?: readonly NamedValue[]
  readonly add?: readonly NamedValue[]
  readonly remove?: readonly string[]
}

export interface PathChange {
  readonly type: string
  readonly replaceFullPath?: string
  readonly replacePrefixMatch?: string
}

export interface CorsFilter {
  readonly allowOrigins?: readonly string[]
  readonly allowMethods?: readonly string[]
  readonly allowHeaders?: readonly string[]
  readonly exposeHeaders?: readonly string[]
  readonly allowCredentials?: boolean
  readonly maxAge?: number
}

export interface Filter {
  readonly type: string
  readonly requestHeaderModifier?: HeaderChanges
  readonly responseHeaderModifier?: HeaderChanges
  readonly requestRedirect?: {
    readonly scheme?: string
    readonly hostname?: string
    readonly path?: PathChange
    readonly port?: number
    readonly statusCode?: number
  }
  readonly urlRewrite?: { readonly hostname?: string; readonly path?: PathChange }
  readonly requestMirror?: {
    readonly backendRef: BackendReference
    readonly percent?: number
    readonly fraction?: { readonly numerator: number; readonly denominator?: number }
  }
  readonly cors?: CorsFilter
  readonly extensionRef?: ObjectReference
}

export interface RouteMatch {
  readonly path?: { readonly type?: string; readonly value?: string }
  readonly headers?: readonly Comparison[]
  readonly queryParams?: readonly Comparison[]
  readonly method?: string
}

/** As HTTPRoutes have them; in GRPCRoutes `method` is an object. */
export interface RouteRule {
  readonly matches?: readonly (Omit<RouteMatch, 'method'> & {
    readonly method?: string | { readonly service?: string; readonly method?: string; readonly type?: string }
  })[]
  readonly filters?: readonly Filter[]
  readonly backendRefs?: readonly BackendReference[]
  readonly timeouts?: { readonly request?: string; readonly backendRequest?: string }
  readonly retry?: object
  readonly sessionPersistence?: object
}

interface RouteParentStatus {
  readonly parentRef: ParentReference
  readonly controllerName: string
  readonly conditions: readonly Condition[]
}

export interface Route extends KubeObject {
  readonly spec: {
    readonly parentRefs?: readonly ParentReference[]
    readonly hostnames?: readonly string[]
    readonly rules?: readonly RouteRule[]
  }
  readonly status?: { readonly parents?: readonly RouteParentStatus[] }
}

export interface ReferenceGrant extends KubeObject {
  readonly spec: {
    readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[]
    readonly to: readonly { readonly group: string; readonly kind: string; readonly name?: string }[]
  }
}

/** How backends are spoken to over TLS. */
export interface BackendTLSPolicy extends KubeObject {
  readonly spec: {
    readonly targetRefs: readonly {
      readonly group: string
      readonly kind: string
      readonly name: string
      readonly sectionName?: string
    }[]
    readonly validation: {
      readonly hostname: string
      readonly caCertificateRefs?: readonly ObjectReference[]
      readonly wellKnownCACertificates?: string
    }
  }
  readonly status?: {
    readonly ancestors?: readonly {
      readonly ancestorRef: ObjectReference
      readonly controllerName: string
      readonly conditions: readonly Condition[]
    }[]
  }
}

/** What the controller's own kind says of the data planes; see its `crds.yaml`. */
export interface ProxySettings extends KubeObject {
  readonly spec?: {
    readonly kubernetes?: {
      readonly deployment?: { readonly replicas?: number }
      readonly service?: {
        readonly type?: string
        readonly externalTrafficPolicy?: string
        readonly loadBalancerIP?: string
        readonly loadBalancerClass?: string
        readonly nodePorts?: readonly { readonly port: number; readonly listenerPort: number }[]
      }
    }
  }
}

/** Objects of kinds that CustomResourceDefinitions brought, while they are there. */
export interface CustomObjects {
  kind(group: string, kind: string): KindDefinition | undefined
  list<T extends KubeObject>(group: string, kind: string): readonly T[]
}

export function customObjects(kinds: readonly KindDefinition[], objects: ObjectClient): CustomObjects {
  const find = (group: string, name: string) => kinds.find((kind) => kind.group === group && kind.kind === name)
  return {
    kind: find,
    list<T extends KubeObject>(group: string, name: string) {
      const kind = find(group, name)
      return kind === undefined ? [] : (objects.list(kind) as readonly T[])
    },
  }
}
