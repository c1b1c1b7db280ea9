import { gatewayDefinition } from './definition.ts'
import { grpcFilters } from './filters.ts'
import { backendRef, parentRefs } from './references.ts'
import { matchingRules } from './route-rules.ts'
import { ageColumn, column, hostname, keyed, list, object, rules, type Schema, sectionName, text } from './schema.ts'
import { routeStatus } from './status.ts'

const SERVICE = '^(?i)\\.?[a-z_][a-z_0-9]*(\\.[a-z_][a-z_0-9]*)*$'
const METHOD = '^[A-Za-z_][A-Za-z_0-9]*$'

const method: Schema = object(
  'Which methods match.',
  {
    method: text('Name of the method.', { maxLength: 1024 }),
    service: text('Name of the service.', { maxLength: 1024 }),
    type: text('How the names are compared.', { default: 'Exact', enum: ['Exact', 'RegularExpression'] }),
  },
  [],
  rules(
    [
      'has(self.type) ? has(self.service) || has(self.method) : true',
      "One or both of 'service' or 'method' must be specified",
    ],
    [
      `(!has(self.type) || self.type == 'Exact') && has(self.service) ? self.service.matches(r"""${SERVICE}"""): true`,
      `service must only contain valid characters (matching ${SERVICE})`,
    ],
    [
      `(!has(self.type) || self.type == 'Exact') && has(self.method) ? self.method.matches(r"""${METHOD}"""): true`,
      `method must only contain valid characters (matching ${METHOD})`,
    ],
  ),
)

const header: Schema = object(
  'A header that must be there.',
  {
    name: text('Its name.', { maxLength: 256, minLength: 1, pattern: "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$" }),
    type: text('How its value is compared.', { default: 'Exact', enum: ['Exact', 'RegularExpression'] }),
    value: text('What it is compared with.', { maxLength: 4096, minLength: 1 }),
  },
  ['name', 'value'],
)

const rule: Schema = object('Matches, steps and backends.', {
  backendRefs: list('Where requests go that match.', backendRef({ filters: grpcFilters }), 16),
  filters: grpcFilters,
  matches: list(
    'Requests that this is for: those that meet any of the matches.',
    object('What a request must be like; all of it must hold.', {
      headers: keyed('Headers that must be there.', header, ['name'], 16),
      method,
    }),
    64,
  ),
  name: sectionName('Name of the rule.'),
})

export const grpcRoute = gatewayDefinition({
  kind: 'GRPCRoute',
  plural: 'grpcroutes',
  columns: [column('Hostnames', '.spec.hostnames'), ageColumn],
  description: 'A GRPCRoute sends gRPC requests that come through its parents to backends.',
  spec: object('What is wanted of the GRPCRoute.', {
    hostnames: list('Host names that requests must ask for; any when left out.', hostname('A host name.'), 16),
    parentRefs,
    rules: matchingRules(rule, undefined),
  }),
  status: routeStatus,
})
