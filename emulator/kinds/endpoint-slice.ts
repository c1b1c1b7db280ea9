import { ageColumn } from '../api/age.ts'
import { jsonEqual } from '../api/json.ts'
import { defineKind } from '../api/kind.ts'
import type { DiscoveryV1EndpointPort, EndpointSlice } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeEndpointSlice } from './endpoint-slice/describe.ts'
import { validateEndpointSlice } from './endpoint-slice/validate.ts'

export const endpointSlice = defineKind<EndpointSlice>({
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  singular: 'endpointslice',
  scope: 'Namespaced',
  schema: 'EndpointSlice',
  default: defaultEndpointSlice,
  strategy: {
    prepareForCreate: (object) => ({ ...object, metadata: { ...object.metadata, generation: 1 } }),
    bumpsGeneration: (object, old) =>
      !jsonEqual(object.endpoints, old.endpoints) || !jsonEqual(object.ports, old.ports),
  },
  validate: validateEndpointSlice,
  columns: [
    nameColumn,
    { name: 'AddressType', cell: ({ addressType }) => addressType },
    { name: 'Ports', cell: ({ ports }) => listText((ports ?? []).map(portText)) },
    { name: 'Endpoints', cell: ({ endpoints }) => listText((endpoints ?? []).flatMap(({ addresses }) => addresses)) },
    ageColumn,
  ],
  describe: describeEndpointSlice,
})

/**
 * Both lists are always written, and an empty one as null: Go's nil slice in a field without omitempty. The generated
 * types know no null, hence the parse; readers use `??`.
 */
const NIL_LIST: undefined = JSON.parse('null')

/** Port names and protocols (upstream: pkg/apis/discovery/v1/defaults.go). */
function defaultEndpointSlice(slice: EndpointSlice): EndpointSlice {
  const ports = (slice.ports ?? []).map((port) => ({
    ...port,
    name: port.name ?? '',
    protocol: port.protocol || 'TCP',
  }))
  return {
    ...slice,
    endpoints: slice.endpoints?.length ? slice.endpoints : NIL_LIST,
    ports: ports.length > 0 ? ports : NIL_LIST,
  }
}

const portText = ({ port, name }: DiscoveryV1EndpointPort): string =>
  port !== undefined ? String(port) : name ? name : '*'

const SHOWN = 3

/** Three values and how many more there are (upstream: printers.go listWithMoreString). */
function listText(values: readonly string[]): string {
  const shown = values.slice(0, SHOWN).join(',')
  return values.length > SHOWN ? `${shown} + ${values.length - SHOWN} more...` : shown || '<unset>'
}
