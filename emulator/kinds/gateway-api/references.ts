import {
  group,
  integer,
  kind,
  list,
  namespace,
  object,
  objectName,
  port,
  rules,
  type Schema,
  sectionName,
} from './schema.ts'

const SAME_PARENT =
  "p1.group == p2.group && p1.kind == p2.kind && p1.name == p2.name && (((!has(p1.__namespace__) || p1.__namespace__ == '') && (!has(p2.__namespace__) || p2.__namespace__ == '')) || (has(p1.__namespace__) && has(p2.__namespace__) && p1.__namespace__ == p2.__namespace__))"
const unset = (name: string): string => `(!has(${name}.sectionName) || ${name}.sectionName == '')`

const parentFields = {
  group: group({ default: 'gateway.networking.k8s.io' }),
  kind: kind({ default: 'Gateway' }),
  name: objectName(),
  namespace: namespace(),
  port: port('Port of the parent that the route attaches to; all of them when left out.'),
  sectionName: sectionName('Listener of a Gateway, or port of a Service, that the route attaches to.'),
}

export const parentReference: Schema = object('What a route attaches to, usually a Gateway.', parentFields, ['name'])

export const parentRefs: Schema = list('Gateways and other parents that the route attaches to.', parentReference, 32, {
  ...rules(
    [
      `self.all(p1, self.all(p2, ${SAME_PARENT} ? (${unset('p1')} == ${unset('p2')}) : true))`,
      'sectionName must be specified when parentRefs includes 2 or more references to the same parent',
    ],
    [
      `self.all(p1, self.exists_one(p2, ${SAME_PARENT} && ((${unset('p1')} && ${unset('p2')}) || (has(p1.sectionName) && has(p2.sectionName) && p1.sectionName == p2.sectionName))))`,
      'sectionName must be unique when parentRefs includes 2 or more references to the same parent',
    ],
  ),
})

const backendFields = {
  group: group({ default: '' }),
  kind: kind({ default: 'Service' }),
  name: objectName(),
  namespace: namespace(),
  port: port('Port of the Service; needed where the backend is one.'),
}

const needsPort = rules([
  "(size(self.group) == 0 && self.kind == 'Service') ? has(self.port) : true",
  'Must have port for Service reference',
])

/** A backend without a share of the traffic: where a mirror sends its copies. */
export const backendObject: Schema = object('Where requests are sent.', backendFields, ['name'], needsPort)

/** A backend with its share of the traffic. */
export const backendRef = (more: { readonly [name: string]: Schema } = {}): Schema =>
  object(
    'Where requests are sent, and which share of them.',
    {
      ...more,
      ...backendFields,
      weight: integer('Share of the traffic, in proportion to the sum of all weights of the rule.', 0, 1_000_000, {
        default: 1,
      }),
    },
    ['name'],
    needsPort,
  )

export const localReference = (description: string): Schema =>
  object(description, { group: group(), kind: kind(), name: objectName() }, ['group', 'kind', 'name'])

export const secretReference: Schema = object(
  'A Secret or another object that holds a certificate.',
  { group: group({ default: '' }), kind: kind({ default: 'Secret' }), name: objectName(), namespace: namespace() },
  ['name'],
)

export const objectReference: Schema = object(
  'An object with certificates of authorities, usually a ConfigMap.',
  { group: group(), kind: kind(), name: objectName(), namespace: namespace() },
  ['group', 'kind', 'name'],
)
