/** The kinds of NGINX Gateway Fabric that its installation uses; of their fields those that the controller reads. */
const GROUP = 'gateway.nginx.org'

const text = (...values: readonly string[]) => ({ enum: values, type: 'string' })
const number = (minimum: number, maximum: number) => ({ format: 'int32', maximum, minimum, type: 'integer' })
const object = (properties: object, required?: readonly string[]) => ({
  properties,
  type: 'object',
  ...(required && { required }),
})

function definition(kind: string, plural: string, version: string, spec: object): object {
  const meta = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${GROUP}` },
    spec: {
      group: GROUP,
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      scope: 'Namespaced',
      versions: [
        {
          additionalPrinterColumns: [{ jsonPath: '.metadata.creationTimestamp', name: 'Age', type: 'date' }],
          name: version,
          schema: { openAPIV3Schema: object({ ...meta, spec }, ['spec']) },
          served: true,
          storage: true,
        },
      ],
    },
  }
}

const service = object({
  externalTrafficPolicy: { ...text('Cluster', 'Local'), default: 'Local' },
  loadBalancerClass: { type: 'string' },
  loadBalancerIP: { type: 'string' },
  nodePorts: {
    items: object({ listenerPort: number(1, 65_535), port: number(1, 65_535) }, ['listenerPort', 'port']),
    type: 'array',
  },
  type: { ...text('ClusterIP', 'LoadBalancer', 'NodePort'), default: 'LoadBalancer' },
})

export const fabricDefinitions: readonly object[] = [
  definition(
    'NginxGateway',
    'nginxgateways',
    'v1alpha1',
    object({ logging: object({ level: { ...text('info', 'debug', 'error'), default: 'info' } }) }),
  ),
  definition(
    'NginxProxy',
    'nginxproxies',
    'v1alpha2',
    object({ kubernetes: object({ deployment: object({ replicas: number(0, 2 ** 31 - 1) }), service }) }),
  ),
]
