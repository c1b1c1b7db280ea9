import { secretReference } from './references.ts'
import {
  group,
  hostname,
  keyed,
  kind,
  list,
  map,
  object,
  port,
  rules,
  type Schema,
  sectionName,
  text,
} from './schema.ts'

const selector: Schema = {
  ...object('Labels of the namespaces.', {
    matchExpressions: list(
      'Requirements that must all hold.',
      object(
        'A requirement.',
        {
          key: text('Label that it is about.'),
          operator: text('In, NotIn, Exists or DoesNotExist.'),
          values: {
            description: 'Values for In and NotIn.',
            items: { type: 'string' },
            type: 'array',
            'x-kubernetes-list-type': 'atomic',
          },
        },
        ['key', 'operator'],
      ),
      64,
    ),
    matchLabels: {
      additionalProperties: { type: 'string' },
      description: 'Labels that must be equal.',
      type: 'object',
    },
  }),
  'x-kubernetes-map-type': 'atomic',
}

export const namespacesFrom = (values: readonly string[], fallback: string): Schema =>
  object(
    'Namespaces that may attach.',
    { from: text('Which namespaces.', { default: fallback, enum: values }), selector },
    [],
    { default: { from: fallback } },
  )

const allowedRoutes: Schema = object(
  'Which routes may attach.',
  {
    kinds: list(
      'Kinds of routes; those that fit the protocol when left out.',
      object('A kind of route.', { group: group({ default: 'gateway.networking.k8s.io' }), kind: kind() }, ['kind']),
      8,
    ),
    namespaces: namespacesFrom(['All', 'Selector', 'Same'], 'Same'),
  },
  [],
  { default: { namespaces: { from: 'Same' } } },
)

const tls: Schema = object(
  'Certificates, for the protocols HTTPS and TLS.',
  {
    certificateRefs: list('Certificates, of which the first that fits is shown.', secretReference, 64),
    mode: text('Terminate ends TLS here, Passthrough hands it on.', {
      default: 'Terminate',
      enum: ['Terminate', 'Passthrough'],
    }),
    options: map('Settings that only the controller knows.', text('A setting.', { maxLength: 4096, minLength: 0 }), 16),
  },
  [],
  rules([
    "self.mode == 'Terminate' ? size(self.certificateRefs) > 0 || size(self.options) > 0 : true",
    'certificateRefs or options must be specified when mode is Terminate',
  ]),
)

export const listener: Schema = object(
  'A port on which a Gateway takes connections.',
  {
    allowedRoutes,
    hostname: hostname('Host name that requests must ask for; any when left out.'),
    name: sectionName('Name of the listener, unique in its Gateway.'),
    port: port('Port that it listens on.'),
    protocol: text('HTTP, HTTPS, TLS, TCP, UDP, or one of the controller.', {
      maxLength: 255,
      minLength: 1,
      pattern:
        '^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\/[A-Za-z0-9]+$',
    }),
    tls,
  },
  ['name', 'port', 'protocol'],
)

const SAME =
  'l1.port == l2.port && l1.protocol == l2.protocol && (has(l1.hostname) && has(l2.hostname) ? l1.hostname == l2.hostname : !has(l1.hostname) && !has(l2.hostname))'

/** The listeners of a Gateway or a ListenerSet. */
export const listeners = (owner: string): Schema =>
  keyed('Ports on which connections are taken.', listener, ['name'], 64, {
    minItems: 1,
    ...rules(
      [
        "self.all(l, l.protocol in ['HTTP', 'TCP', 'UDP'] ? !has(l.tls) : true)",
        "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']",
      ],
      [
        "self.all(l, (l.protocol == 'HTTPS' && has(l.tls)) ? (l.tls.mode == '' || l.tls.mode == 'Terminate') : true)",
        'tls mode must be Terminate for protocol HTTPS',
      ],
      [
        "self.all(l, (l.protocol == 'TLS' ? has(l.tls) && has(l.tls.mode) && l.tls.mode != '' : true))",
        'tls mode must be set for protocol TLS',
      ],
      [
        "self.all(l, l.protocol in ['TCP', 'UDP'] ? (!has(l.hostname) || l.hostname == '') : true)",
        "hostname must not be specified for protocols ['TCP', 'UDP']",
      ],
      ['self.all(l1, self.exists_one(l2, l1.name == l2.name))', `Listener name must be unique within the ${owner}`],
      [
        `self.all(l1, self.exists_one(l2, ${SAME}))`,
        'Combination of port, protocol and hostname must be unique for each listener',
      ],
    ),
  })
