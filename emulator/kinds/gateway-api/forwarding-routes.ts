import type { CustomResourceDefinition } from '../../generated/types.ts'
import { gatewayDefinition } from './definition.ts'
import { backendRef, parentRefs } from './references.ts'
import { forwardingRules } from './route-rules.ts'
import { ageColumn, hostname, list, object, rules, type Schema, sectionName } from './schema.ts'
import { routeStatus } from './status.ts'

const rule: Schema = object(
  'Where connections are sent.',
  {
    backendRefs: list('Backends and their shares.', backendRef(), 16, { minItems: 1 }),
    name: sectionName('Name of the rule.'),
  },
  ['backendRefs'],
)

/** Routes that look at nothing but the connection itself. */
function forwardingRoute(kind: string, plural: string, description: string): CustomResourceDefinition {
  return gatewayDefinition({
    kind,
    plural,
    columns: [ageColumn],
    description,
    spec: object(`What is wanted of the ${kind}.`, { parentRefs, rules: forwardingRules(rule) }, ['rules']),
    status: routeStatus,
  })
}

export const tcpRoute = forwardingRoute('TCPRoute', 'tcproutes', 'A TCPRoute sends TCP connections to backends.')
export const udpRoute = forwardingRoute('UDPRoute', 'udproutes', 'A UDPRoute sends UDP packets to backends.')

export const tlsRoute = gatewayDefinition({
  kind: 'TLSRoute',
  plural: 'tlsroutes',
  columns: [ageColumn],
  description: 'A TLSRoute sends TLS connections to backends by the server name that clients ask for.',
  spec: object(
    'What is wanted of the TLSRoute.',
    {
      hostnames: list('Server names that clients must ask for.', hostname('A server name.'), 16, {
        minItems: 1,
        ...rules(["self.all(h, !h.matches('^([0-9]{1,3}\\\\.){3}[0-9]{1,3}$'))", 'Hostnames cannot contain an IP']),
      }),
      parentRefs,
      rules: forwardingRules(rule),
    },
    ['hostnames', 'rules'],
  ),
  status: routeStatus,
})
