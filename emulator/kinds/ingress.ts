import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { Ingress, IngressBackend } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeIngress } from './ingress/describe.ts'
import { addressText, hostsText } from './ingress/text.ts'
import { validateIngress } from './ingress/validate.ts'

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class'

export const ingress = defineKind<Ingress>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'Ingress',
  plural: 'ingresses',
  singular: 'ingress',
  shortNames: ['ing'],
  scope: 'Namespaced',
  subresources: ['status'],
  schema: 'Ingress',
  default: defaultIngress,
  validate: validateIngress,
  warnings: ({ metadata }, old) =>
    old === undefined && metadata?.annotations?.[CLASS_ANNOTATION] !== undefined
      ? [`annotation "${CLASS_ANNOTATION}" is deprecated, please use 'spec.ingressClassName' instead`]
      : [],
  strategy: { prepareForCreate: (object) => ({ ...object, status: { loadBalancer: {} } }) },
  columns: [
    nameColumn,
    { name: 'Class', cell: ({ spec }) => spec?.ingressClassName ?? '<none>' },
    { name: 'Hosts', cell: ({ spec }) => hostsText(spec?.rules ?? []) },
    { name: 'Address', cell: ({ status }) => addressText(status) },
    { name: 'Ports', cell: ({ spec }) => (spec?.tls?.length ? '80, 443' : '80') },
    ageColumn,
  ],
  describe: describeIngress,
})

/** Go writes structures that are not pointers even when they are empty: a path's backend, a backend's port, the status. */
function defaultIngress(object: Ingress): Ingress {
  const { defaultBackend, rules, ...rest } = object.spec ?? {}
  return {
    ...object,
    spec: {
      ...rest,
      ...(defaultBackend && { defaultBackend: withPort(defaultBackend) }),
      ...(rules && {
        rules: rules.map((rule) =>
          rule.http
            ? {
                ...rule,
                http: {
                  ...rule.http,
                  paths: (rule.http.paths ?? []).map((path) => ({ ...path, backend: withPort(path.backend ?? {}) })),
                },
              }
            : rule,
        ),
      }),
    },
    status: { ...object.status, loadBalancer: object.status?.loadBalancer ?? {} },
  }
}

function withPort(backend: IngressBackend): IngressBackend {
  return backend.service ? { ...backend, service: { ...backend.service, port: backend.service.port ?? {} } } : backend
}
