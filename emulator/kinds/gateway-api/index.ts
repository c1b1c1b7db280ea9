/** The Gateway API's definitions as its release installs them, standard channel; no controller comes with them. */
import type { CustomResourceDefinition } from '../../generated/types.ts'
import { backendTLSPolicy } from './backend-tls-policy.ts'
import { tcpRoute, tlsRoute, udpRoute } from './forwarding-routes.ts'
import { gateway } from './gateway.ts'
import { gatewayClass } from './gateway-class.ts'
import { grpcRoute } from './grpc-route.ts'
import { httpRoute } from './http-route.ts'
import { listenerSet } from './listener-set.ts'
import { referenceGrant } from './reference-grant.ts'

export const gatewayDefinitions: readonly CustomResourceDefinition[] = [
  backendTLSPolicy,
  gatewayClass,
  gateway,
  grpcRoute,
  httpRoute,
  listenerSet,
  referenceGrant,
  tcpRoute,
  tlsRoute,
  udpRoute,
]
