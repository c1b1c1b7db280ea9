import { gatewayDefinition } from './definition.ts'
import { localReference } from './references.ts'
import {
  ageColumn,
  group,
  kind,
  list,
  map,
  object,
  objectName,
  patterns,
  rules,
  type Schema,
  sectionName,
  text,
} from './schema.ts'
import { policyAncestors } from './status.ts'

const target: Schema = object(
  'What the policy is for: a Service, or a port of it.',
  { group: group(), kind: kind(), name: objectName(), sectionName: sectionName('Name of the port.') },
  ['group', 'kind', 'name'],
)

const alternativeName: Schema = object(
  'A name that the certificate may have instead.',
  {
    hostname: text('A host name.', { maxLength: 253, minLength: 1, pattern: patterns.hostname }),
    type: text('Hostname or URI.', { enum: ['Hostname', 'URI'] }),
    uri: text('A URI.', { maxLength: 253, minLength: 1 }),
  },
  ['type'],
)

const validation: Schema = object(
  'Which certificates of backends are taken.',
  {
    caCertificateRefs: list('Authorities that are trusted, usually ConfigMaps.', localReference('An authority.'), 8),
    hostname: text('Name that the certificate must have, and that is asked for.', {
      maxLength: 253,
      minLength: 1,
      pattern: patterns.preciseHostname,
    }),
    subjectAltNames: list('Names that the certificate may have instead.', alternativeName, 5),
    wellKnownCACertificates: text('System trusts the authorities of the system.', { maxLength: 253, minLength: 1 }),
  },
  ['hostname'],
  rules(
    [
      '!(has(self.caCertificateRefs) && size(self.caCertificateRefs) > 0 && has(self.wellKnownCACertificates) && self.wellKnownCACertificates != "")',
      'must not contain both CACertificateRefs and WellKnownCACertificates',
    ],
    [
      '(has(self.caCertificateRefs) && size(self.caCertificateRefs) > 0 || has(self.wellKnownCACertificates) && self.wellKnownCACertificates != "")',
      'must specify either CACertificateRefs or WellKnownCACertificates',
    ],
  ),
)

export const backendTLSPolicy = gatewayDefinition({
  kind: 'BackendTLSPolicy',
  plural: 'backendtlspolicies',
  shortNames: ['btlspolicy'],
  labels: { 'gateway.networking.k8s.io/policy': 'Direct' },
  columns: [ageColumn],
  description: 'A BackendTLSPolicy says how a Gateway speaks TLS to a Service.',
  spec: object(
    'What is wanted of the BackendTLSPolicy.',
    {
      options: map(
        'Settings that only the controller knows.',
        text('A setting.', { maxLength: 4096, minLength: 0 }),
        16,
      ),
      targetRefs: list('What the policy is for.', target, 16, { minItems: 1 }),
      validation,
    },
    ['targetRefs', 'validation'],
  ),
  status: object('What became of the policy.', { ancestors: policyAncestors }, ['ancestors']),
})
