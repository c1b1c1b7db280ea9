import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { IngressClass, IngressClassParametersReference } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeIngressClass } from './ingress-class/describe.ts'
import { validateIngressClass } from './ingress-class/validate.ts'

export const ingressClass = defineKind<IngressClass>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'IngressClass',
  plural: 'ingressclasses',
  singular: 'ingressclass',
  scope: 'Cluster',
  schema: 'IngressClass',
  default: defaultIngressClass,
  validate: validateIngressClass,
  columns: [
    { ...nameColumn, cell: nameCell },
    { name: 'Controller', cell: ({ spec }) => spec?.controller ?? '' },
    { name: 'Parameters', cell: ({ spec }) => parametersText(spec?.parameters) },
    ageColumn,
  ],
  describe: describeIngressClass,
})

/** Parameters are an object of the cluster unless they say otherwise (upstream: pkg/apis/networking/v1/defaults.go). */
function defaultIngressClass(object: IngressClass): IngressClass {
  const { parameters, ...rest } = object.spec ?? {}
  return {
    ...object,
    spec: { ...rest, ...(parameters && { parameters: { ...parameters, scope: parameters.scope ?? 'Cluster' } }) },
  }
}

/** The default class says so, as StorageClasses do (upstream: pkg/printers/internalversion/printers.go, printIngressClass). */
function nameCell({ metadata }: IngressClass): string {
  const isDefault = metadata?.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true'
  return `${metadata?.name ?? ''}${isDefault ? ' (default)' : ''}`
}

function parametersText(parameters: IngressClassParametersReference | undefined): string {
  if (!parameters) return '<none>'
  const { apiGroup, kind, name } = parameters
  return `${kind}${apiGroup === undefined ? '' : `.${apiGroup}`}/${name}`
}
