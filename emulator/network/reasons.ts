/**
 * Every reason a hop can have, with its English sentence. Codes are stable: interface texts in other languages are
 * looked up by them (`trace.<code>`), with the same parameters in braces.
 */
export const REASONS = {
  'leaves-source': '{source} sends to {address}:{port} ({protocol}) from {sourceAddress}.',
  'source-not-running': '{source} is not running, so it cannot send anything.',
  'machine-off': '{machine} is switched off and does not answer.',
  'pod-network-not-routed':
    '{address} belongs to the Pod network. Only the nodes have a route to it; packets from {source} get lost at the gateway. Use a Service of type NodePort or LoadBalancer, or run the command on a node.',
  'service-network-not-routed':
    '{address} is a cluster IP. It exists only in the rules of kube-proxy on the nodes, so from {source} nothing answers. Use a node port or a load balancer address.',
  'address-not-on-network': 'No machine on the network has the address {address}, so nobody answers for it.',
  'pod-address-free': 'No Pod has the address {address} now. Look at `kubectl get pods -o wide`.',
  'no-route-to-internet': '{address} lies outside the emulated network and does not answer.',
  'load-balancer-announced': '{node} answers for the load balancer address {address} of Service {service}.',
  'load-balancer-nobody-announces':
    'No node answers for {address}: Service {service} has externalTrafficPolicy Local and no node has a ready Pod of it.',
  'load-balancer-not-announced':
    'No node answers for {address}: Service {service} has it in its status, but it did not come from the load balancer of this cluster, which announces only what it gave out itself.',
  'load-balancer-source-denied':
    'Service {service} lets only {ranges} use its load balancer address (loadBalancerSourceRanges); {sourceAddress} is not among them.',
  'load-balancer-port-unknown':
    'Service {service} owns the address {address} but has no port {port}; its ports are {ports}.',
  'matched-cluster-ip': 'kube-proxy on {node} knows {address}:{port} as Service {service}.',
  'matched-node-port': 'Port {port} of {node} is the node port of Service {service}.',
  'matched-host-port': 'Port {port} of {node} is a host port of Pod {pod}, and leads to its port {containerPort}.',
  'matched-load-balancer': 'kube-proxy on {node} takes {address}:{port} for Service {service}.',
  'matched-external-ip': 'kube-proxy on {node} takes the external IP {address}:{port} for Service {service}.',
  'kube-proxy-stopped': 'kube-proxy is not running on {node}, so no rules send {address}:{port} to a Service.',
  'stale-rules':
    'kube-proxy is not running on {node}. The rules it left behind still hold, but know of nothing that changed since.',
  'cluster-ip-port-unknown':
    'Service {service} has no port {port}; its ports are {ports}. Packets to other ports of a cluster IP are dropped.',
  'cluster-ip-other-proxy':
    'Service {service} has the label service.kubernetes.io/service-proxy-name: kube-proxy leaves it to {proxy}, which is not there.',
  'cluster-ip-unassigned': 'No Service has the cluster IP {address}.',
  'cluster-ip-not-pingable':
    '{address} is the cluster IP of Service {service}. It exists only as rules for its ports: it does not answer ping. Try one of its ports: {ports}.',
  'load-balancer-not-pingable':
    '{address} is the load balancer address of Service {service}. Only its ports are forwarded: it does not answer ping.',
  'node-port-closed': 'Nothing listens on port {port} of {node}, and no Service has the node port {port}.',
  'node-port-is-service-port':
    'Nothing listens on port {port} of {node}. {port} is the port of Service {service} inside the cluster; on the nodes it is reached by {nodePort}.',
  'node-port-not-node-port':
    'Nothing listens on port {port} of {node}. Service {service} has that port but is of type {type}, which opens no node port.',
  'endpoint-chosen':
    'kube-proxy on {node} picks {endpoint} of {count} (probability {probability}): {pod}. Chains: {chains}.',
  'endpoint-remembered':
    'kube-proxy on {node} remembers the client {sourceAddress} (session affinity) and keeps {endpoint}: {pod}. Chains: {chains}.',
  'endpoint-terminating':
    'No endpoint is ready; kube-proxy on {node} falls back to {endpoint}, which is terminating but still serves. Chains: {chains}.',
  'no-endpoints-selector-matches-nothing':
    'Service {service} selects {selector}, and no Pod in namespace {namespace} has these labels. The nearest is Pod {pod} with {labels}.',
  'no-endpoints-no-pods': 'Service {service} selects {selector}, and namespace {namespace} has no Pods at all.',
  'no-endpoints-not-ready':
    'Service {service} selects Pod {pod}, but it is not ready ({why}), so it gets no traffic. Look at `kubectl describe pod {pod}`.',
  'no-endpoints-no-selector':
    'Service {service} has no selector and no EndpointSlice with addresses: nobody has said where its traffic goes.',
  'no-endpoints-held-up':
    'Service {service} selects Pod {pod}, but it is not ready ({why}), so it gets no traffic: {message}.',
  'no-endpoints-node-not-ready':
    'Service {service} selects Pod {pod}, but its node {node} is not ready, so it gets no traffic: {message}.',
  'no-endpoints-label-differs':
    'Service {service} selects {selector}. Pod {pod} comes close, but has {found} instead of {wanted}: no endpoints.',
  'no-endpoints-label-missing':
    'Service {service} selects {selector}. Pod {pod} comes close, but has no label {key} (it has {labels}): no endpoints.',
  'no-endpoints-named-port':
    'targetPort {targetPort} of Service {service} is the name of a container port, and Pod {pod} has none of that name (it has {ports}).',
  'no-endpoints-port-name': 'The EndpointSlices of Service {service} have no port named {portName}; they have {ports}.',
  'no-endpoints-yet': 'Service {service} has no endpoints yet: its EndpointSlice is not up to date.',
  'no-local-endpoints':
    'Service {service} has {policy} Local and no ready Pod runs on {node}, so {node} drops the packet. Its Pods run on {nodes}.',
  'address-translated': 'DNAT: the destination becomes {endpoint}. No SNAT: the source stays {sourceAddress}.',
  'address-masqueraded':
    'DNAT: the destination becomes {endpoint}. SNAT: the source {client} becomes {sourceAddress} (`KUBE-MARK-MASQ`), so the server does not see who asks.',
  'address-hairpin':
    'The Service sends the Pod back to itself (hairpin). DNAT: the destination becomes {endpoint}. SNAT: the source {client} becomes {sourceAddress}, or the answer would not come back this way.',
  'route-pod-network': '{node} sends the packet on to {to}: its route to {range} goes via {via}.',
  'route-internet':
    '{node} sends the packet to the gateway {gateway}. SNAT: the source {client} becomes {sourceAddress}.',
  'policy-ingress-allowed': 'NetworkPolicy {policy} lets {peer} reach Pod {pod} on {target}.',
  'policy-ingress-isolated':
    'Pod {pod} is selected by NetworkPolicy {policies}, which allows no incoming traffic at all: the packet from {peer} is dropped.',
  'policy-ingress-port':
    'NetworkPolicy {policies} lets {peer} reach Pod {pod} on {ports} only: the packet to {target} is dropped. Policies name the port of the Pod, not that of the Service.',
  'policy-ingress-peer':
    'NetworkPolicy {policies} lets only {peers} reach Pod {pod}. {peer} is not among them: the packet is dropped.',
  'policy-egress-allowed': 'NetworkPolicy {policy} lets Pod {pod} reach {peer} on {target}.',
  'policy-egress-isolated':
    'Pod {pod} is selected by NetworkPolicy {policies}, which allows no outgoing traffic at all: the packet to {peer} is dropped.',
  'policy-egress-port':
    'NetworkPolicy {policies} lets Pod {pod} reach {peer} on {ports} only: the packet to {target} is dropped. Policies name the port of the Pod, not that of the Service.',
  'policy-egress-peer':
    'NetworkPolicy {policies} lets Pod {pod} reach only {peers}. {peer} is not among them: the packet is dropped.',
  'policy-egress-dns':
    'NetworkPolicy {policies} does not let Pod {pod} ask the DNS server {peer} on {target}: names cannot be resolved. Allow port 53 (UDP and TCP) in the egress rules.',
  'no-listener-target-port':
    'Pod {pod} refuses port {port}: its containers listen on {listening}. targetPort {targetPort} of Service {service} points to the wrong port.',
  'no-listener': 'Pod {pod} refuses port {port}: its containers listen on {listening}.',
  'no-listener-none': 'Pod {pod} refuses port {port}: none of its containers listens on any port.',
  'no-container-running': 'Pod {pod} refuses port {port}: none of its containers is running ({why}).',
  'listens-on-loopback':
    'Container {container} of Pod {pod} listens on 127.0.0.1:{port} only: nobody outside the Pod can reach it. Make the program listen on 0.0.0.0.',
  'listener-protocol': 'Pod {pod} listens on port {port} with {listening}, not with {protocol}.',
  'host-no-listener': 'Nothing listens on port {port} of {machine}.',
  'reached-container': 'Container {container} of Pod {pod} accepts the connection on port {port}.',
  'reached-host': 'A process on {machine} accepts the connection on port {port}.',
  'port-forwarded':
    'kubectl port-forward carries the connection to port {remote} of Pod {pod} itself, by way of the API server and the kubelet: no Service and no NetworkPolicy has a say.',
  'reached-internet': '{address} answers from outside the cluster.',
  'http-answered': 'It answers {status} {reason}.',
  'not-http': 'What listens there does not speak HTTP.',
  'not-tls': 'What listens there does not speak TLS: use http:// instead of https://.',
  'tls-agreed': 'It agrees on TLS.',
  'certificate-refused':
    'The client does not trust the certificate it was shown and hung up before asking for anything.',
  'certificate-other-name':
    'The server shows a certificate for {names}, which is not {host}: the client hangs up before asking for anything.',
  'certificate-outdated':
    'The certificate {subject} is valid from {from} to {until} only: the client hangs up before asking for anything.',
  'certificate-self-signed':
    'The certificate {subject} is signed by itself and the client does not know it: it hangs up before asking for anything. curl takes it with --cacert, or without looking with -k.',
  'certificate-unknown-issuer':
    'The certificate is signed by {issuer}, which the client does not trust: it hangs up before asking for anything. curl trusts it with --cacert, or without looking with -k.',
  'ingress-route': 'Ingress {ingress}: host {host} and path {path} ({pathType}) lead to Service {service}.',
  'ingress-default-backend':
    'No path of host {host} fits, so the default backend of Ingress {ingress} answers: Service {service}.',
  'ingress-canary': 'Canary Ingress {ingress} takes this request for host {host} and path {path} to Service {service}.',
  'ingress-rewritten': 'rewrite-target turns the path {path} into {target}.',
  'ingress-endpoint':
    'The Ingress controller picks {endpoint} of the {count} endpoints of Service {service} itself; the cluster IP is not involved.',
  'ingress-none': 'The Ingress controller knows no Ingress at all, so it answers {host}{path} with its own 404 page.',
  'ingress-no-host':
    'No Ingress has rules for host {host}; there are rules for {hosts}. The Ingress controller answers with its own 404 page.',
  'ingress-no-path':
    'Host {host} has no path that fits {path}; its paths are {paths}. The Ingress controller answers with its own 404 page.',
  'ingress-of-another-class':
    "Ingress {ingress} has rules for {host}{path}, but its class ({class}) is not this controller's: set ingressClassName.",
  'ingress-no-backend': 'Ingress {ingress} names no Service for host {host} and path {path}.',
  'ingress-no-service':
    'Namespace {namespace} has no Service {service}, which the Ingress names: the controller answers 503.',
  'ingress-no-port':
    'Service {service} has no port {port}, which the Ingress names; its ports are {ports}. The controller answers 503.',
  'ingress-bad-gateway':
    'No endpoint of Service {service} could be talked to ({tries} tries): the controller answers 502.',
  'ingress-gateway-timeout':
    'Endpoints of Service {service} stayed silent until the time was over ({tries} tries): the controller answers 504.',
  'ingress-redirected': 'Ingress {ingress} sends the client on to {to}.',
  'ingress-source-denied': 'Ingress {ingress} lets in {ranges} only, and {source} is not among them.',
  'ingress-unauthorized': 'Ingress {ingress} asks for a user name and a password that its Secret knows.',
  'ingress-body-too-large': 'The body has {size} bytes; Ingress {ingress} takes {limit} (proxy-body-size).',
  'ingress-denied': 'Ingress {ingress} cannot be served: {why}.',
  'ingress-limited': 'Ingress {ingress} lets {source} send {rate} requests a {unit}, and this one is more than that.',
  'ingress-auth-refused': 'Ingress {ingress} asked {url} whether to let this request in, and was told {status}.',
  'ingress-error-page':
    'Ingress {ingress} has the page for status {status} made by Service {service} (custom-http-errors).',
  'gateway-route': '{kind} {route} of Gateway {gateway} takes the request for host {host}: {match}.',
  'gateway-no-host':
    'Gateway {gateway} serves no host {host} on port {port}; it serves {hosts}. nginx answers 404. Compare the hostname of the listener and the hostnames of the HTTPRoute.',
  'gateway-no-routes':
    'No route is attached to the listener of Gateway {gateway} that takes host {host} on port {port}: nginx answers 404. Look at the conditions in `kubectl describe httproute`.',
  'gateway-no-match':
    'No route of Gateway {gateway} takes {method} {path} for host {host}: nginx answers 404. What routes take there: {matches}.',
  'gateway-redirected': 'HTTPRoute {route} sends the client on to {to}.',
  'gateway-rewritten': 'URLRewrite turns the path {path} into {to}.',
  'gateway-weighted': 'Weights decide among the backends of {route}: Service {service}, {weight} of {total}.',
  'gateway-backend-invalid':
    'Route {route} has no backend for this request that could be used ({why}): nginx answers 500.',
  'gateway-no-endpoints': 'Service {service} has no ready endpoint: nginx answers 503.',
  'gateway-endpoint':
    'nginx picks {endpoint} of the {count} endpoints of Service {service} itself; the cluster IP is not involved.',
  'request-loop':
    '{source} sends on a request that {count} servers have already sent on: a proxy sends to itself, and nobody ever answers.',
  'text-answered': 'It answers.',
  'ping-answered': '{address} answers ping.',
  'hosts-file': '{name} is {address} by /etc/hosts.',
  'dns-answered': '{server} knows {name}: {type} {address}.',
  'dns-alias': '{server} says that {name} is an alias of {target}.',
  'dns-not-found': '{server} does not know {name}.',
  'dns-no-data': '{server} knows {name} but has no address for it.',
  'dns-no-ipv6': '{server} knows {name}, which has no IPv6 address (no AAAA record).',
  'dns-service-elsewhere':
    '{server} does not know {name}. A Service {service} exists in namespace {namespace}: from here its name is {service}.{namespace}.',
  'dns-cluster-name-outside':
    '{server} does not know {name}. Names of Services are known only to the cluster DNS, which Pods use; {source} does not.',
  'dns-headless-empty': '{server} does not know {name}: Service {service} is headless and has no ready endpoint.',
  'dns-no-answer': 'The DNS server {server} does not answer.',
  'dns-no-server': '{source} has no DNS server in /etc/resolv.conf.',
  'leaves-source-ping': '{source} pings {address} from {sourceAddress}.',
  'cluster-ip-target-port':
    'Service {service} listens on {servicePort}, not on {port}: {port} is its targetPort, the port of the Pods. Packets to other ports of a cluster IP are dropped.',
  'cluster-ip-node-port':
    'Service {service} listens on {servicePort} at its cluster IP; {port} is its node port, which only the addresses of nodes have.',
  'node-port-other':
    'Nothing listens on port {port} of {node}, and no Service has the node port {port}. There are {nodePorts}.',
  'load-balancer-pending':
    'Nothing listens on port {port} of {node}. Service {service} is of type LoadBalancer, but nobody here gives out addresses: its EXTERNAL-IP stays <pending>. Until then its node port {nodePort} works.',
  'no-endpoints-labels-on-workload':
    'Service {service} selects {selector}. {workload} has these labels itself, but its Pods have {labels}: labels of Pods belong in spec.template.metadata.labels.',
  'no-endpoints-scaled-to-zero':
    'Service {service} selects {selector}, and the Pods with these labels would be those of {workload}, which is scaled to 0.',
  'no-endpoints-pods-elsewhere':
    'Service {service} selects {selector} in its own namespace {namespace}, but the Pods with these labels are in namespace {elsewhere} (Pod {pod}). A Service finds Pods of its own namespace only.',
  'no-endpoints-unscheduled': 'Service {service} selects Pod {pod}, but no node has taken it yet: {message}',
  'no-endpoints-probe-port':
    'Service {service} selects Pod {pod}, but its readiness probe ({probe}) asks port {port}, where nothing listens (container {container}: {listening}). It is not ready and gets no traffic.',
  'no-endpoints-probe-fails':
    'Service {service} selects Pod {pod}, but the readiness probe of container {container} ({probe}) fails: {answer}. It is not ready and gets no traffic.',
  'no-endpoints-probe-waits':
    'Service {service} selects Pod {pod}, but the readiness probe of container {container} ({probe}) has not succeeded yet. Until then it gets no traffic.',
  'endpoint-address-free':
    'The EndpointSlice of Service {service} names {address}, and nobody has this address: endpoints written by hand do not follow the Pods.',
  'endpoint-port-closed':
    'The EndpointSlice of Service {service} sends to port {port} of {machine}, where nothing listens.',
  'no-listener-slice-port':
    'Pod {pod} refuses port {port}: its containers listen on {listening}. The EndpointSlice of Service {service} names the wrong port.',
  'policy-ingress-namespace':
    'NetworkPolicy {policies} lets {peers} reach Pod {pod}, and a podSelector without namespaceSelector means Pods of its own namespace only. {peer} has the labels but lives elsewhere: the packet is dropped.',
  'policy-egress-namespace':
    'NetworkPolicy {policies} lets Pod {pod} reach {peers}, and a podSelector without namespaceSelector means Pods of its own namespace only. {peer} has the labels but lives elsewhere: the packet is dropped.',
  'policy-ingress-both':
    'NetworkPolicy {policies} lets {peers} reach Pod {pod}: namespaceSelector and podSelector in one list item must both match. {peer} matches one of them only: the packet is dropped.',
  'policy-egress-both':
    'NetworkPolicy {policies} lets Pod {pod} reach {peers}: namespaceSelector and podSelector in one list item must both match. {peer} matches one of them only: the packet is dropped.',
  'dns-searched':
    'With ndots:{ndots} the search list comes first: {server} is asked for {tried}, and knows none of them.',
  'dns-server-failure':
    '{server} could not find out about {name} (SERVFAIL): look at the Corefile and the logs of CoreDNS.',
  'dns-forward-failed':
    'CoreDNS ({server}) asked {upstream} about a name that it does not have itself, and got no answer: look at `forward` in its Corefile.',
  'dns-server-gone':
    'No CoreDNS Pod answers: Service {service} has no ready endpoint. Look at `kubectl -n kube-system get pods -l k8s-app=kube-dns`.',
  'dns-full-name':
    '{server} does not know {name}. The whole name of Service {service} is {full}; the search list completes {service} and {service}.{namespace}.',
  'dns-similar-service': '{server} does not know {name}. There is a Service {service}.',
  'dns-no-service': '{server} does not know {name}. Namespace {namespace} has no Service {service}.',
  'dns-no-namespace': '{server} does not know {name}. There is no namespace {namespace}.',
  'dns-similar-namespace':
    '{server} does not know {name}. There is no namespace {namespace}, but there is a namespace {similar}.',
  'dns-pod-name':
    '{server} does not know {name}: {pod} is a Pod, and Pods have no names of their own in DNS. Use the name of a Service.',
  'dns-pod-subdomain':
    '{server} does not know {name}. Pod {pod} has the subdomain {subdomain} (serviceName of its StatefulSet): its name is {pod}.{subdomain}.',
  'dns-headless-no-selector':
    '{server} does not know {name}: Service {service} is headless, has no selector, and nobody has written an EndpointSlice for it.',
  'dns-external-name-unknown':
    'Service {service} is an alias of {externalName} (ExternalName), and {server} does not know that name.',
  'dns-external-name-address':
    'Service {service} is an alias of {externalName}, which is an address: externalName is taken for a name of DNS. Use a Service without selector and an EndpointSlice.',
  'url-invalid': '{url} is not a URL that can be requested.',
} as const

export type Reason = keyof typeof REASONS

/** The English sentence of a reason with its parameters put in. */
export function renderReason(code: Reason, params: { readonly [name: string]: string | number }): string {
  return REASONS[code].replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]) : whole,
  )
}
