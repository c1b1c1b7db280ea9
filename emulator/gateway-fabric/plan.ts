import { nameOf, namespaceOf } from '../controllers/metadata.ts'
import type { EndpointSlice, Secret, Service } from '../generated/types.ts'
import { createBackends } from '../ingress-nginx/backends.ts'
import { type Attachment, attach, isParent, type NamespaceLabels } from './attach.ts'
import type { JudgedPolicy, PolicySources } from './backend-tls.ts'
import type { Said } from './conditions.ts'
import type { Configuration, Server } from './configuration.ts'
import { type JudgedListener, judgeListeners } from './listeners.ts'
import type { Gateway, ParentReference, ReferenceGrant, Route } from './objects.ts'
import { byPrecedence, type RankedRule, rulesOf } from './rules.ts'
import { resolveTargets } from './targets.ts'
import { judgeRoute } from './validate-route.ts'

export interface PlanSources extends PolicySources {
  readonly grants: readonly ReferenceGrant[]
  readonly routes: readonly { readonly kind: string; readonly route: Route }[]
  readonly labelsOf: NamespaceLabels
  secret(namespace: string, name: string): Secret | undefined
  service(namespace: string, name: string): Service | undefined
  slices(namespace: string, service: string): readonly EndpointSlice[]
}

/** What becomes of one Gateway and of the routes that name it. */
export interface PlannedGateway {
  readonly listeners: readonly (JudgedListener & { readonly attachedRoutes: number })[]
  readonly routes: readonly PlannedParent[]
  /** Policies of backends that this Gateway sends to. */
  readonly policies: readonly JudgedPolicy[]
  readonly configuration: Configuration
}

export interface PlannedParent {
  readonly kind: string
  readonly route: Route
  readonly parentRef: ParentReference
  readonly said: readonly Said[]
}

/** Judges listeners, attaches routes and makes the configuration of the nginx in front; pure. */
export function planGateway(gateway: Gateway, sources: PlanSources): PlannedGateway {
  const listeners = judgeListeners(gateway, sources)
  const backends = createBackends(sources, [])
  const taken = new Map<string, Set<Route>>()
  const served: { readonly attachment: Attachment; readonly rules: readonly RankedRule[] }[] = []
  const used = new Map<string, JudgedPolicy>()
  const routes = sources.routes.flatMap(({ kind, route }) => {
    const parents = (route.spec.parentRefs ?? []).filter((parent) => isParent(route, parent, gateway))
    if (parents.length === 0) return []
    const { rules, condition, policies } = resolveTargets(route, kind, backends, sources)
    for (const one of policies) used.set(`${namespaceOf(one.policy)}/${nameOf(one.policy)}`, one)
    const judged = judgeRoute(route, kind)
    const ranked = rulesOf(route, kind, rules, judged.rules)
    return parents.map((parentRef): PlannedParent => {
      const { accepted, attachments } = attach(route, kind, parentRef, gateway, listeners, sources.labelsOf)
      for (const attachment of judged.invalid ? [] : attachments) {
        const { name } = attachment.listener.listener
        taken.set(name, (taken.get(name) ?? new Set()).add(route))
        served.push({ attachment, rules: ranked })
      }
      const own = accepted.status === 'True' ? judged.said : judged.said.filter(({ type }) => type !== 'Accepted')
      return { kind, route, parentRef, said: [accepted, condition, ...own] }
    })
  })
  return {
    listeners: listeners.map((one) => ({ ...one, attachedRoutes: taken.get(one.listener.name)?.size ?? 0 })),
    routes,
    policies: [...used.values()],
    configuration: {
      gateway: `${namespaceOf(gateway)}/${nameOf(gateway)}`,
      servers: serversOf(listeners, served),
      backends: backends.all(),
    },
  }
}

/** One server for each host of each valid listener, with the rules of all routes there. */
function serversOf(
  listeners: readonly JudgedListener[],
  served: readonly { readonly attachment: Attachment; readonly rules: readonly RankedRule[] }[],
): readonly Server[] {
  const servers = new Map<string, { readonly server: Server; readonly rules: Set<RankedRule> }>()
  const serverFor = ({ listener, certificate }: JudgedListener, host: string | undefined) => {
    const key = `${listener.port} ${host ?? ''}`
    const found = servers.get(key)
    if (found) return found
    const tls = listener.protocol === 'HTTPS'
    const server = {
      port: listener.port,
      ...(host && { host }),
      tls,
      ...(certificate !== undefined && { certificate }),
      rules: [],
    }
    const made = { server, rules: new Set<RankedRule>() }
    servers.set(key, made)
    return made
  }
  for (const one of listeners) if (one.valid) serverFor(one, one.listener.hostname)
  for (const { attachment, rules } of served) {
    if (!attachment.listener.valid) continue
    for (const host of attachment.hosts) {
      const server = serverFor(attachment.listener, host)
      for (const rule of rules) server.rules.add(rule)
    }
  }
  return [...servers.values()].map(({ server, rules }) => ({
    ...server,
    rules: [...rules].sort(byPrecedence).map(({ rule }) => rule),
  }))
}
