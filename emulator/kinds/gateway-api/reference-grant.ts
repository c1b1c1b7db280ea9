import { gatewayDefinition } from './definition.ts'
import { ageColumn, group, kind, list, namespace, object, objectName } from './schema.ts'

export const referenceGrant = gatewayDefinition({
  kind: 'ReferenceGrant',
  plural: 'referencegrants',
  shortNames: ['refgrant'],
  older: ['v1beta1'],
  storage: 'v1beta1',
  columns: [ageColumn],
  description: 'A ReferenceGrant lets objects of other namespaces refer to objects of its own.',
  spec: object(
    'What is wanted of the ReferenceGrant.',
    {
      from: list(
        'Who may refer.',
        object('A kind in a namespace.', { group: group(), kind: kind(), namespace: namespace() }, [
          'group',
          'kind',
          'namespace',
        ]),
        16,
        { minItems: 1 },
      ),
      to: list(
        'What may be referred to.',
        object('A kind, or one object of it.', { group: group(), kind: kind(), name: objectName() }, ['group', 'kind']),
        16,
        { minItems: 1 },
      ),
    },
    ['from', 'to'],
  ),
})
