import { behaviour, type Topic } from '../behaviour.ts'

const RULES = 'emulator/ingress-nginx/routing.test.ts'
const PRACTICE = 'emulator/ingress-nginx/practice.test.ts'
const TLS = 'emulator/ingress-nginx/tls.test.ts'
const WEBHOOK = 'emulator/ingress-nginx/admission.test.ts'
const CONTROLLER = 'emulator/ingress-nginx/controller.test.ts'

export const ingress: Topic = {
  title: 'Ingress',
  behaviours: [
    behaviour(
      'the controller comes up by its manifest, publishes its address and records that it took an Ingress up',
      `${CONTROLLER} › comes up by its manifest: Jobs make the certificate of its webhook, its Pod becomes ready`,
      `${CONTROLLER} › publishes the address of its load balancer, and records that it took the Ingress up`,
      `${CONTROLLER} › publishes the nodes that it runs on when it is reached by node ports, and answers there`,
      `${CONTROLLER} › listens on the node itself with hostNetwork`,
    ),
    behaviour(
      'hosts lead to their Services, others to the 404 page of the controller',
      `${RULES} › a host leads to its Service, and other hosts to the 404 page of the controller`,
      `${RULES} › a star stands for one label of a host, and an exact host comes first`,
      `${RULES} › a rule without a host takes every host that no other rule names`,
    ),
    behaviour(
      'Exact, Prefix and ImplementationSpecific',
      `${RULES} › Exact fits the path alone, Prefix whole parts of it, and the longest path comes first`,
      `${RULES} › ImplementationSpecific is a prefix of the text, not of its parts`,
      `${RULES} › a path that the host does not have is the 404 of the controller, and the trace names its paths`,
    ),
    behaviour(
      'default backends',
      `${RULES} › the default backend of an Ingress answers for its hosts, or for all if it has no rules`,
      `${RULES} › default-backend stands in for a Service without endpoints`,
    ),
    behaviour(
      'rewrite-target with and without capture groups',
      `${RULES} › rewrite-target replaces the whole path`,
      `${RULES} › capture groups put parts of the path in again, and the query stays`,
      `${RULES} › without rewrite-target the path reaches the application as it is`,
    ),
    behaviour(
      '503, 502 and 504 for their reasons',
      `${RULES} › 503 where the Service is missing, has no such port, or has no endpoints, and the trace says which`,
      `${RULES} › 502 where endpoints refuse, after three tries that its log shows`,
      `${RULES} › 504 where endpoints stay silent, as behind a NetworkPolicy`,
      `${PRACTICE} › proxy-read-timeout gives up on an application that answers late, with 504`,
    ),
    behaviour(
      'redirects: permanent, temporal, app-root, www, to HTTPS',
      `${RULES} › permanent-redirect, temporal-redirect and app-root send elsewhere`,
      `${RULES} › server-alias gives a host another name, and from-to-www-redirect sends www on`,
      `${TLS} › sends plain HTTP on with 308 once the host has a certificate, unless ssl-redirect is false`,
      `${TLS} › force-ssl-redirect sends on without a certificate too`,
    ),
    behaviour(
      'TLS by name, the fake certificate, and Secrets that are missing or unfit',
      `${TLS} › shows its fake certificate where no Ingress has a Secret`,
      `${TLS} › shows the certificate of the Secret to those who ask for the host, and the fake one to others`,
      `${TLS} › a missing Secret leaves the fake certificate, plain HTTP is sent on all the same, and a later Secret is taken up`,
      `${TLS} › a certificate for another name is not shown, and the log says so`,
      `${TLS} › a key of another certificate is refused`,
    ),
    behaviour(
      'who may come in: addresses, passwords, rates, a service that is asked',
      `${RULES} › whitelist-source-range lets in by address of the client`,
      `${RULES} › basic authentication asks for a user of the Secret`,
      `${PRACTICE} › denylist-source-range keeps out, and satisfy any takes an address for a password`,
      `${PRACTICE} › limit-rps lets a burst of five times the rate through, then answers 503, or what the ConfigMap says`,
      `${PRACTICE} › auth-url asks another service: it lets in, refuses, or sends to sign in`,
      `${RULES} › proxy-body-size limits what may be sent`,
    ),
    behaviour(
      'canaries by weight, header and cookie',
      `${RULES} › a canary takes its share by weight, header and cookie`,
    ),
    behaviour(
      'which endpoint: affinity by cookie, hash of a text, the whole Service',
      `${RULES} › an affinity cookie keeps a client with its endpoint`,
      `${PRACTICE} › the cookie of session affinity has the path, age and flags that annotations give it`,
      `${PRACTICE} › upstream-hash-by keeps what is the same together`,
      `${PRACTICE} › service-upstream sends to the cluster IP and leaves the choice to kube-proxy`,
    ),
    behaviour(
      'backend-protocol HTTPS and GRPC',
      `${RULES} › backend-protocol HTTP to a server with TLS is its 400, and HTTPS speaks to it`,
      `${PRACTICE} › backend-protocol GRPC to a server of HTTP/1.1 is a 502, and the log knows the frame that was none`,
    ),
    behaviour(
      'what applications and clients see: forwarded headers, CORS, pages for errors',
      `${RULES} › the application learns of the client by X-Forwarded headers, and upstream-vhost changes its Host`,
      `${PRACTICE} › enable-cors answers preflights and names allowed origins only`,
      `${PRACTICE} › custom-http-errors lets another Service make the page, which learns of the status`,
    ),
    behaviour(
      "the ConfigMap's options",
      `${PRACTICE} › the ConfigMap sets redirect codes, body sizes and hidden headers for all`,
      `${PRACTICE} › use-forwarded-headers believes a proxy in front: address and scheme`,
    ),
    behaviour('TCP ports by a ConfigMap', `${PRACTICE} › ports of the TCP ConfigMap are passed on as they are`),
    behaviour(
      'classes: the field, the old annotation, the default class, several controllers',
      `${CONTROLLER} › takes Ingresses of its class, by the field or the old annotation, and leaves others alone`,
      `${CONTROLLER} › the default class is given to Ingresses that name none`,
      `${CONTROLLER} › two controllers with two classes each serve their own`,
    ),
    behaviour(
      'the admission webhook: conflicts, patterns, values, snippets, and its absence',
      `${WEBHOOK} › refuses a host and path that another Ingress already has`,
      `${WEBHOOK} › refuses a pattern as path of type Prefix, and warned of it before 1.12`,
      `${WEBHOOK} › refuses snippets`,
      `${WEBHOOK} › refuses %s with the value %s`,
      `${WEBHOOK} › snippets need leave and a risk level, and then set their headers`,
      `${WEBHOOK} › stands in the way of every Ingress while its Pod is gone`,
    ),
    behaviour(
      'without rights, or from before 1.0, the controller never becomes ready and says why',
      `${CONTROLLER} › without leave to read Secrets it never becomes ready, and its log says why`,
      `${CONTROLLER} › a controller from before 1.0 finds no v1beta1 and is restarted by its probes`,
    ),
    behaviour(
      'networking.k8s.io/v1beta1 fails',
      'emulator/ingress-nginx/old-api.test.ts › Ingresses of networking.k8s.io/v1beta1 and extensions/v1beta1 are not there any more',
    ),
  ],
}
