import { gatewayDefinition } from './definition.ts'
import { listeners } from './listeners.ts'
import { ageColumn, conditionColumn, group, kind, namespace, object, objectName } from './schema.ts'
import { conditions, listenerStatus, waiting } from './status.ts'

export const listenerSet = gatewayDefinition({
  kind: 'ListenerSet',
  plural: 'listenersets',
  shortNames: ['lset'],
  columns: [conditionColumn('Accepted'), conditionColumn('Programmed'), ageColumn],
  description: 'A ListenerSet adds listeners to a Gateway that allows it.',
  spec: object(
    'What is wanted of the ListenerSet.',
    {
      listeners: listeners('ListenerSet'),
      parentRef: object(
        'Gateway that the listeners are added to.',
        {
          group: group({ default: 'gateway.networking.k8s.io' }),
          kind: kind({ default: 'Gateway' }),
          name: objectName(),
          namespace: namespace(),
        },
        ['name'],
      ),
    },
    ['listeners', 'parentRef'],
  ),
  status: object(
    'What became of the ListenerSet.',
    { conditions: conditions('Accepted', 'Programmed'), listeners: listenerStatus },
    [],
    { default: { conditions: [waiting('Accepted'), waiting('Programmed')] } },
  ),
})
