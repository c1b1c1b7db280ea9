import { behaviour, type Topic } from '../behaviour.ts'

const PORTS = 'emulator/network/services/ports.test.ts'
const POLICIES = 'emulator/network/services/policies.test.ts'
const BALANCERS = 'emulator/network/services/load-balancers.test.ts'
const ENDPOINTS = 'emulator/network/services/endpoints.test.ts'
const PURE = 'emulator/controllers/pure.test.ts'
const HINTS = 'emulator/controllers/topology-hints.test.ts'
const IPTABLES = 'emulator/network/iptables/iptables.test.ts'
const PROXY = 'emulator/network/kube-proxy.test.ts'
const CLUSTER = 'emulator/cluster.test.ts'
const RECORDS = 'emulator/network/dns/records.test.ts'

export const traffic: Topic = {
  title: 'Traffic',
  behaviours: [
    behaviour(
      'ClusterIP: a random endpoint, from the seed',
      `${PORTS} › spreads requests over all Pods evenly, in the same order for the same seed`,
      `${IPTABLES} › leads the cluster IP and the node port to evenly chosen endpoints`,
    ),
    behaviour(
      'ClusterIP without endpoints: refused at once',
      `${PORTS} › refuses while no Pod is behind it, and answers once there is one`,
      `${IPTABLES} › refuses without endpoints, in the filter table alone`,
    ),
    behaviour('a port that the Service lacks: dropped', `${PORTS} › each lead to their own target`),
    behaviour(
      'NodePort: every node, every type of Service that has one',
      'emulator/images/traffic.test.ts › reaches node ports of every node from the laptop',
      `${POLICIES} › change, and with them who can reach it`,
    ),
    behaviour('several ports', `${PORTS} › each lead to their own target`),
    behaviour(
      'named target ports, resolved for each Pod',
      `${PORTS} › with a named target go to the number that each Pod gives the name`,
      `${PORTS} › with a name that no container has lead nowhere: refused`,
      `${PURE} › go into one slice for each number that a named port has`,
    ),
    behaviour('UDP', `${PORTS} › may be UDP, and TCP of the same number is another port`),
    behaviour('SCTP', `${PORTS} › may be SCTP`),
    behaviour(
      'session affinity with its timeout',
      `${POLICIES} › keeps each client with one Pod, until the timeout since its last request`,
      `${POLICIES} › lasts three hours if nothing else is said`,
      `${POLICIES} › goes to another Pod when the remembered one is gone`,
      `${POLICIES} › is remembered by each node for itself, and by client address behind a node port too`,
      `${IPTABLES} › remembers clients for session affinity`,
    ),
    behaviour(
      'internalTrafficPolicy',
      `${POLICIES} › uses Pods of the own node alone, and drops where there are none`,
      `${POLICIES} › does not bind what comes from outside`,
      `${POLICIES} › refuses, as always, where no node has an endpoint`,
    ),
    behaviour(
      'externalTrafficPolicy Cluster hides the source',
      `${POLICIES} › Cluster answers on every node and hides the client behind it`,
    ),
    behaviour(
      'externalTrafficPolicy Local keeps the source; nodes without a local endpoint drop',
      `${POLICIES} › Local shows the client, and drops on nodes without a Pod of the Service`,
      `${POLICIES} › refuses on every node where the Service has no endpoint at all`,
      `${IPTABLES} › drops at nodes without local endpoints and keeps the source elsewhere under externalTrafficPolicy Local`,
    ),
    behaviour(
      'Local from within: Pods and processes of a node are sent to any endpoint',
      `${POLICIES} › Local sends a Pod and a process that use their own node to any Pod; the Pod keeps its source`,
    ),
    behaviour(
      'externalIPs',
      `${POLICIES} › are taken by kube-proxy on every node, whoever has them`,
      `${POLICIES} › that a node has answer the laptop too, on the ports of the Service`,
      `${POLICIES} › heed externalTrafficPolicy`,
    ),
    behaviour(
      'LoadBalancer: addresses of a pool',
      `${BALANCERS} › gets the lowest free address of the pool, answers everybody there, and gives it back`,
      `${BALANCERS} › waits when the pool is used up, and its node port works meanwhile`,
    ),
    behaviour(
      'LoadBalancer: class',
      `${BALANCERS} › of another class is left alone`,
      `${BALANCERS} › whose address came from somebody else is known to kube-proxy, and nobody announces it`,
    ),
    behaviour(
      'LoadBalancer: requested address',
      `${BALANCERS} › gets the address that it asks for, or waits if it cannot have it`,
    ),
    behaviour(
      'LoadBalancer: sourceRanges',
      `${BALANCERS} › lets in its source ranges alone, at its address alone`,
      `${IPTABLES} › guards load balancer addresses with source ranges`,
    ),
    behaviour(
      'LoadBalancer: health check node port',
      `${BALANCERS} › answers on its health check port on every node: 200 with ready endpoints there, else 503`,
      `${BALANCERS} › has no health check port under Cluster, nor where kube-proxy has stopped`,
    ),
    behaviour(
      'LoadBalancer under Local: announced where a Pod is',
      `${BALANCERS} › is announced by a node with a Pod, and shows the client`,
    ),
    behaviour(
      'allocateLoadBalancerNodePorts',
      `${BALANCERS} › has node ports, unless allocateLoadBalancerNodePorts is false`,
    ),
    behaviour('ipMode Proxy', `${BALANCERS} › with ipMode Proxy is not short-cut by kube-proxy`),
    behaviour(
      'headless',
      `${RECORDS} › headless: the addresses of ready Pods, in another order each time, and a name for each`,
      `${RECORDS} › headless without ready Pods: NXDOMAIN, unless it publishes unready ones`,
    ),
    behaviour(
      'publishNotReadyAddresses',
      `${ENDPOINTS} › are unready ones too with publishNotReadyAddresses`,
      `${PURE} › publish unready addresses as ready when asked to, but never as serving`,
    ),
    behaviour(
      'terminating endpoints serve while none is ready',
      `${ENDPOINTS} › that are going still serve while no other is ready, and no longer once one is`,
    ),
    behaviour(
      'Services without a selector: Endpoints by hand',
      `${ENDPOINTS} › goes where Endpoints written by hand say, by their mirror`,
      `${CLUSTER} › leaves Endpoints written by hand alone, and mirrors them into a slice`,
    ),
    behaviour(
      'Services without a selector: EndpointSlices by hand',
      `${ENDPOINTS} › goes where an EndpointSlice with its name says, by the name of the port`,
      `${ENDPOINTS} › leaves out endpoints that say they are not ready`,
      `${ENDPOINTS} › keeps what its selector left when the selector is taken away`,
    ),
    behaviour(
      'endpoints outside the cluster',
      `${ENDPOINTS} › may send to hosts outside the cluster, and says so when they are silent`,
    ),
    behaviour(
      'ExternalName',
      `${CLUSTER} › gives an ExternalName no endpoints`,
      `${RECORDS} › ExternalName: an alias, with what it leads to inside and outside the cluster`,
    ),
    behaviour(
      'hairpin',
      `${PORTS} › lets a Pod reach itself through its own Service, from the address of its bridge (hairpin)`,
    ),
    behaviour(
      'sources: Pods keep theirs at a cluster IP, nodes do not',
      `${PORTS} › keeps the source of Pods and hides that of nodes`,
    ),
    behaviour('a Pod that is not ready is out of the Service', `${ENDPOINTS} › are those that are ready`),
    behaviour(
      'a Pod with other labels leaves it',
      `${ENDPOINTS} › leave it when they are given other labels, and come back`,
      `${ENDPOINTS} › follow its selector`,
    ),
    behaviour(
      "a dead node's Pods leave it after 40 seconds",
      `${ENDPOINTS} › on a node that died are asked in vain for 40 s, then left out`,
    ),
    behaviour(
      'Pods with hostNetwork as endpoints',
      `${ENDPOINTS} › with the host’s network are reached at the node’s address`,
    ),
    behaviour(
      'trafficDistribution and topology hints',
      `${ENDPOINTS} › PreferSameZone stays in the zone of the client while a Pod is ready there`,
      `${ENDPOINTS} › PreferClose is its older name, PreferSameNode stays on the node, without it all answer`,
      `${ENDPOINTS} › does not bind what uses a node whose zone has no endpoint`,
      `${HINTS} › share endpoints out by the CPUs of zones where the annotation asks for it`,
    ),
    behaviour(
      'address families',
      `${ENDPOINTS} › are IPv4 alone in this cluster: PreferDualStack gets one, RequireDualStack is refused`,
    ),
    behaviour(
      'other proxies',
      `${PORTS} › is left alone by kube-proxy where the label service-proxy-name asks for another proxy`,
    ),
    behaviour(
      'rules follow the kube-proxy of each node',
      `${PROXY} › a node without its kube-proxy Pod keeps the rules it had and learns of nothing new`,
    ),
  ],
}
