import { gatewayDefinition } from './definition.ts'
import {
  ageColumn,
  column,
  conditionColumn,
  group,
  keyed,
  kind,
  namespace,
  object,
  objectName,
  patterns,
  rules,
  text,
} from './schema.ts'
import { conditions, waiting } from './status.ts'

export const gatewayClass = gatewayDefinition({
  kind: 'GatewayClass',
  plural: 'gatewayclasses',
  shortNames: ['gc'],
  scope: 'Cluster',
  older: ['v1beta1'],
  columns: [
    column('Controller', '.spec.controllerName'),
    conditionColumn('Accepted'),
    ageColumn,
    column('Description', '.spec.description', 1),
  ],
  description: 'A GatewayClass names the controller that looks after its Gateways.',
  spec: object(
    'What is wanted of the GatewayClass.',
    {
      controllerName: text('Controller that looks after Gateways of this class, e.g. example.com/gateway-controller.', {
        maxLength: 253,
        minLength: 1,
        pattern: patterns.controller,
        ...rules(['self == oldSelf', 'Value is immutable']),
      }),
      description: text('What the class is for.', { maxLength: 64 }),
      parametersRef: object(
        'Configuration that the controller reads for this class.',
        { group: group(), kind: kind(), name: objectName(), namespace: namespace() },
        ['group', 'kind', 'name'],
      ),
    },
    ['controllerName'],
  ),
  status: object(
    'What became of the GatewayClass.',
    {
      conditions: conditions('Accepted'),
      supportedFeatures: keyed(
        'Features that the class supports.',
        object('A feature.', { name: text('Name of the feature.') }, ['name']),
        ['name'],
        64,
      ),
    },
    [],
    { default: { conditions: [waiting('Accepted')] } },
  ),
})
