import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { defineKind } from '../api/kind.ts'
import { dns1035LabelErrors, dns1123SubdomainErrors } from '../api/names.ts'
import type { APIService } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'
import { nameErrors } from './validation/names.ts'

/** Who serves a version of a group: the API server itself, or what stands behind a Service (upstream: kube-aggregator). */
export const apiService = defineKind<APIService>({
  group: 'apiregistration.k8s.io',
  version: 'v1',
  kind: 'APIService',
  plural: 'apiservices',
  singular: 'apiservice',
  categories: ['api-extensions'],
  scope: 'Cluster',
  subresources: ['status'],
  schema: 'APIService',
  default(object) {
    const service = object.spec?.service
    if (!object.spec || !service || service.port !== undefined) return object
    return { ...object, spec: { ...object.spec, service: { ...service, port: 443 } } }
  },
  validate: ({ metadata, spec }) => (spec ? specErrors(metadata?.name ?? '', spec) : []),
  strategy: {
    validateName: (name) => (/[%/]/.test(name) ? ["may not contain '/'"] : []),
    bumpsGeneration: () => false,
    prepareForCreate: ({ status: _status, ...object }) => ({ ...object, status: {} }),
  },
  columns: [
    nameColumn,
    {
      name: 'Service',
      cell: ({ spec }) => (spec?.service ? `${spec.service.namespace ?? ''}/${spec.service.name ?? ''}` : 'Local'),
    },
    { name: 'Available', cell: availability },
    ageColumn,
  ],
  describe: (object, context) => describeGeneric('APIService', object, context),
})

/** `True`, or `False (MissingEndpoints)`. */
function availability({ status }: APIService): string {
  const condition = status?.conditions?.find(({ type }) => type === 'Available')
  if (!condition) return 'Unknown'
  return condition.status === 'True' ? 'True' : `${condition.status} (${condition.reason ?? ''})`
}

function specErrors(name: string, spec: NonNullable<APIService['spec']>): readonly FieldError[] {
  const {
    group = '',
    version = '',
    groupPriorityMinimum,
    versionPriority,
    service,
    caBundle,
    insecureSkipTLSVerify,
  } = spec
  const wanted = `${version}.${group}`
  const errors: FieldError[] = []
  if (name !== wanted)
    errors.push(
      field.invalid('metadata.name', name, `must be \`spec.version+"."+spec.group\`: ${JSON.stringify(wanted)}`),
    )
  if (group === '' && version !== 'v1')
    errors.push(field.required('spec.group', 'only v1 may have an empty group and it better be legacy kube'))
  if (group !== '') errors.push(...nameErrors('spec.group', group, dns1123SubdomainErrors))
  errors.push(...nameErrors('spec.version', version, dns1035LabelErrors))
  if (groupPriorityMinimum <= 0 || groupPriorityMinimum > 20000)
    errors.push(
      field.invalid('spec.groupPriorityMinimum', groupPriorityMinimum, 'must be positive and less than 20000'),
    )
  if (versionPriority <= 0 || versionPriority > 1000)
    errors.push(field.invalid('spec.versionPriority', versionPriority, 'must be positive and less than 1000'))
  if (!service) {
    if (insecureSkipTLSVerify)
      errors.push(
        field.invalid('spec.insecureSkipTLSVerify', true, 'local APIServices may not have insecureSkipTLSVerify'),
      )
    return errors
  }
  if (!service.namespace) errors.push(field.required('spec.service.namespace'))
  if (!service.name) errors.push(field.required('spec.service.name'))
  if (insecureSkipTLSVerify && caBundle)
    errors.push(field.invalid('spec.insecureSkipTLSVerify', true, 'may not be true if caBundle is present'))
  return errors
}
