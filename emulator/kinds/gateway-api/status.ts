import { parentReference } from './references.ts'
import { group, integer, keyed, kind, list, object, patterns, type Schema, sectionName, text } from './schema.ts'

const condition: Schema = object(
  'One aspect of the current state.',
  {
    lastTransitionTime: text('When the status last changed.', { format: 'date-time' }),
    message: text('What there is to say about it.', { maxLength: 32768 }),
    observedGeneration: {
      description: 'Generation that it was said of.',
      format: 'int64',
      minimum: 0,
      type: 'integer',
    },
    reason: text('Why, in one word.', {
      maxLength: 1024,
      minLength: 1,
      pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
    }),
    status: text('True, False or Unknown.', { enum: ['True', 'False', 'Unknown'] }),
    type: text('Which aspect.', {
      maxLength: 316,
      pattern:
        '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$',
    }),
  },
  ['lastTransitionTime', 'message', 'reason', 'status', 'type'],
)

/** What stands there until a controller has looked. */
export const waiting = (type: string) => ({
  lastTransitionTime: '1970-01-01T00:00:00Z',
  message: 'Waiting for controller',
  reason: 'Pending',
  status: 'Unknown',
  type,
})

export const conditions = (...types: readonly string[]): Schema =>
  keyed('What the controller says.', condition, ['type'], 8, {
    ...(types.length > 0 && { default: types.map(waiting) }),
  })

const parents: Schema = list(
  'What each parent says of the route.',
  object(
    'One parent and what its controller says.',
    {
      conditions: { ...conditions(), minItems: 1 },
      controllerName: text('Controller that says so.', {
        maxLength: 253,
        minLength: 1,
        pattern: patterns.controller,
      }),
      parentRef: parentReference,
    },
    ['conditions', 'controllerName', 'parentRef'],
  ),
  32,
)

export const routeStatus: Schema = object('What became of the route.', { parents }, ['parents'])

/** What a Gateway and a ListenerSet tell of each listener. */
export const listenerStatus: Schema = keyed(
  'What became of each listener.',
  object(
    'One listener.',
    {
      attachedRoutes: integer('Routes that attached to it.', 0, 2 ** 31 - 1),
      conditions: conditions(),
      name: sectionName('Name of the listener.'),
      supportedKinds: list(
        'Kinds of routes that may attach.',
        object('A kind of route.', { group: group({ default: 'gateway.networking.k8s.io' }), kind: kind() }, ['kind']),
        8,
      ),
    },
    ['attachedRoutes', 'conditions', 'name'],
  ),
  ['name'],
  64,
)

export const policyAncestors: Schema = list(
  'What each ancestor says of the policy.',
  object(
    'One ancestor and what its controller says.',
    {
      ancestorRef: parentReference,
      conditions: { ...conditions(), minItems: 1 },
      controllerName: text('Controller that says so.', { maxLength: 253, minLength: 1, pattern: patterns.controller }),
    },
    ['ancestorRef', 'conditions', 'controllerName'],
  ),
  16,
)
