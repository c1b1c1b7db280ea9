import { gatewayDefinition } from './definition.ts'
import { listeners, namespacesFrom } from './listeners.ts'
import { localReference, objectReference, secretReference } from './references.ts'
import { ageColumn, column, conditionColumn, integer, list, map, object, port, rules, text } from './schema.ts'
import { conditions, listenerStatus, waiting } from './status.ts'

const address = object(
  'An address of the Gateway.',
  {
    type: text('IPAddress, Hostname, or a kind of the controller.', {
      default: 'IPAddress',
      maxLength: 253,
      minLength: 1,
      pattern:
        "^Hostname|IPAddress|NamedAddress|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$",
    }),
    value: text('The address itself.', { maxLength: 253 }),
  },
  [],
  rules([
    'self.type == \'Hostname\' ? (!has(self.value) || self.value.matches(r"""^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$""")): true',
    'Hostname value must be empty or contain only valid characters (matching ^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)',
  ]),
)

const label = text('A value.', {
  maxLength: 63,
  minLength: 0,
  pattern: '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$',
})

const infrastructure = object('What the controller makes for this Gateway.', {
  annotations: map('Annotations of what it makes.', text('A value.', { maxLength: 4096, minLength: 0 }), 8),
  labels: map('Labels of what it makes.', label, 8),
  parametersRef: localReference('Configuration that the controller reads for this Gateway.'),
})

const validation = object(
  'Which certificates clients must show.',
  {
    caCertificateRefs: list('Authorities that are trusted.', objectReference, 8, { minItems: 1 }),
    mode: text('What happens to clients without a valid certificate.', {
      default: 'AllowValidOnly',
      enum: ['AllowValidOnly', 'AllowInsecureFallback'],
    }),
  },
  ['caCertificateRefs'],
)

const frontend = object(
  'TLS towards clients.',
  {
    default: object('For every port that has nothing of its own.', { validation }),
    perPort: list(
      'For single ports.',
      object('TLS of one port.', { port: port('The port.'), tls: object('Its settings.', { validation }) }, [
        'port',
        'tls',
      ]),
      64,
    ),
  },
  ['default'],
)

export const gateway = gatewayDefinition({
  kind: 'Gateway',
  plural: 'gateways',
  shortNames: ['gtw'],
  older: ['v1beta1'],
  columns: [
    column('Class', '.spec.gatewayClassName'),
    column('Address', '.status.addresses[*].value'),
    conditionColumn('Programmed'),
    ageColumn,
  ],
  description: 'A Gateway takes connections on its listeners and hands them to the routes that attach to it.',
  spec: object(
    'What is wanted of the Gateway.',
    {
      addresses: list('Addresses that are asked for.', address, 16, {
        ...rules(
          [
            "self.all(a1, a1.type == 'IPAddress' && has(a1.value) ? self.exists_one(a2, a2.type == a1.type && has(a2.value) && a2.value == a1.value) : true )",
            'IPAddress values must be unique',
          ],
          [
            "self.all(a1, a1.type == 'Hostname' && has(a1.value) ? self.exists_one(a2, a2.type == a1.type && has(a2.value) && a2.value == a1.value) : true )",
            'Hostname values must be unique',
          ],
        ),
      }),
      allowedListeners: object('Which ListenerSets may attach.', {
        namespaces: namespacesFrom(['All', 'Selector', 'Same', 'None'], 'None'),
      }),
      gatewayClassName: text('Class of the Gateway, and so who looks after it.', { maxLength: 253, minLength: 1 }),
      infrastructure,
      listeners: listeners('Gateway'),
      tls: object('TLS beyond single listeners.', {
        backend: object('TLS towards backends.', { clientCertificateRef: secretReference }),
        frontend,
      }),
    },
    ['gatewayClassName', 'listeners'],
  ),
  status: object(
    'What became of the Gateway.',
    {
      addresses: list('Addresses that it has.', address, 16),
      attachedListenerSets: integer('ListenerSets that attached.', 0, 2 ** 31 - 1),
      conditions: conditions('Accepted', 'Programmed'),
      listeners: listenerStatus,
    },
    [],
    { default: { conditions: [waiting('Accepted'), waiting('Programmed')] } },
  ),
})
