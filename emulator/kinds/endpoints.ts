import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { Endpoints } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { endpointsText } from './endpoints/addresses.ts'
import { describeEndpoints } from './endpoints/describe.ts'
import { validateEndpoints } from './endpoints/validate.ts'

export const endpoints = defineKind<Endpoints>({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  scope: 'Namespaced',
  schema: 'Endpoints',
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  default: defaultEndpoints,
  validate: validateEndpoints,
  strategy: { bumpsGeneration: () => false, allowCreateOnUpdate: true },
  columns: [nameColumn, { name: 'Endpoints', cell: ({ subsets }) => endpointsText(subsets) }, ageColumn],
  describe: describeEndpoints,
})

/** Ports without a protocol are TCP (upstream: pkg/apis/core/v1/defaults.go SetDefaults_Endpoints). */
function defaultEndpoints(object: Endpoints): Endpoints {
  if (!object.subsets) return object
  return {
    ...object,
    subsets: object.subsets.map((subset) =>
      subset.ports
        ? { ...subset, ports: subset.ports.map((port) => ({ ...port, protocol: port.protocol || 'TCP' })) }
        : subset,
    ),
  }
}
