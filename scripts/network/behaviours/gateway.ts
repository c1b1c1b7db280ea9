import { behaviour, type Topic } from '../behaviour.ts'

const TRAFFIC = 'emulator/gateway-fabric/traffic.test.ts'
const STATUS = 'emulator/gateway-fabric/status.test.ts'
const FILTERS = 'emulator/gateway-fabric/filters.test.ts'
const ROUTES = 'emulator/gateway-fabric/routes.test.ts'
const BACKEND_TLS = 'emulator/gateway-fabric/backend-tls.test.ts'

export const gateway: Topic = {
  title: 'Gateway API',
  behaviours: [
    behaviour(
      'a GatewayClass is accepted by its controller; a second one conflicts',
      `${STATUS} › is accepted by its controller; a second one of the same controller conflicts`,
    ),
    behaviour(
      'a Gateway becomes a Deployment and a Service, is programmed when its nginx runs, and waits without a controller',
      `${STATUS} › is programmed with the address of its Service once its nginx runs, and counts attached routes`,
      `${STATUS} › waits while its controller does not run`,
      `${STATUS} › without any valid listener is not accepted, and gets no nginx`,
      `${TRAFFIC} › is a Deployment and a Service beside the Gateway, and goes with it`,
    ),
    behaviour(
      'listeners: TLS by name, certificates that are missing or foreign, conflicts, kinds of routes',
      `${STATUS} › show the certificate of their Secret for the name that the client asks for`,
      `${STATUS} › with a missing, unfit or foreign certificate say InvalidCertificateRef or RefNotPermitted`,
      `${STATUS} › of HTTP and HTTPS on one port are in conflict`,
      `${STATUS} › that ask for kinds of routes they cannot serve say InvalidRouteKinds`,
    ),
    behaviour(
      'routes attach by section, port, host and namespace, and say why not',
      `${STATUS} › is told why no listener takes it`,
      `${STATUS} › of another namespace attaches where allowedRoutes selects that namespace`,
      `${STATUS} › is told which backend it cannot have`,
      `${ROUTES} › get conditions too: GRPCRoutes attach, TCPRoutes are not allowed by listeners of HTTP`,
    ),
    behaviour(
      'ReferenceGrants open namespaces for backends and certificates',
      `${TRAFFIC} › a route may send to another namespace only where a ReferenceGrant there lets it`,
      `${STATUS} › take a Secret of another namespace where a ReferenceGrant there lets them`,
    ),
    behaviour(
      'matches: hosts, paths, methods, headers, query parameters, and which of them wins',
      `${TRAFFIC} › are told apart by host name, exact before star, and answered with 404 where no host fits`,
      `${TRAFFIC} › take the exact path before the longest prefix before a regular expression`,
      `${TRAFFIC} › are matched by method, headers and query parameters, more of them first`,
    ),
    behaviour(
      'backends share requests by weight; none at all is a 500',
      `${TRAFFIC} › are shared among backends by weight`,
      `${FILTERS} › without any weight, or without backends, answers 500`,
    ),
    behaviour(
      'filters: headers, redirects, rewrites, mirrors, CORS',
      `${TRAFFIC} › are redirected by RequestRedirect, to another scheme, host, port and path`,
      `${TRAFFIC} › get other headers, hosts and paths on their way by RequestHeaderModifier and URLRewrite`,
      `${FILTERS} › headers of an answer are set, added and removed`,
      `${FILTERS} › RequestMirror sends a copy to another Service, and the client hears the first alone`,
      `${FILTERS} › CORS answers preflights and names allowed origins`,
    ),
    behaviour(
      'rules and filters that cannot be served are said: UnsupportedValue, PartiallyInvalid, InvalidFilter',
      `${FILTERS} › a method that nginx does not serve drops the rule, and all rules gone is a route that is not accepted`,
      `${FILTERS} › an extension that does not exist, or is of a strange kind, is said and answered with 500`,
      `${FILTERS} › headers of an answer that nginx sets itself cannot be changed`,
    ),
    behaviour(
      'parametersRef that leads nowhere is ignored with a reason',
      `${FILTERS} › that are not there, or of another kind, are ignored with a reason, on the class and on the Gateway`,
    ),
    behaviour(
      'BackendTLSPolicy',
      `${BACKEND_TLS} › a BackendTLSPolicy makes nginx speak TLS to a Service and check its certificate`,
      `${BACKEND_TLS} › another name or a strange authority is a 502`,
      `${BACKEND_TLS} › a missing authority is said of the policy and of the route, whose answer is 500`,
    ),
    behaviour(
      '500, 502 and 503 for their reasons',
      `${TRAFFIC} › end with 500 where the backend does not exist, and the trace says which`,
      `${TRAFFIC} › end with 503 where the Service has no endpoints, and the trace says why`,
      `${TRAFFIC} › end with 502 where the Pods do not listen on the target port`,
    ),
  ],
}
