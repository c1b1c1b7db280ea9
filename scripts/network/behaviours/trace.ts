import { behaviour, type Topic } from '../behaviour.ts'

const TRACE = 'terminal/commands/trace.test.ts'
const CAUSES = 'emulator/network/causes.test.ts'
const EXPLAINED = 'emulator/network/explain/causes.test.ts'
const INGRESS = 'emulator/ingress-nginx/routing.test.ts'
const NOTES = 'terminal/notes/notes.test.ts'
const PATH = 'components/topology/trace-path.test.ts'
const WAY = 'components/topology/way-stops.test.ts'
const TLS = 'emulator/node/programs/curl/tls.test.ts'

export const trace: Topic = {
  title: 'The trace',
  behaviours: [
    behaviour(
      '`trace` runs a command, lists its hops and ends in the cause',
      `${TRACE} › runs the command, lists the hops and ends in the cause`,
    ),
    behaviour(
      'every tool leaves a trace: curl, wget, nc, ping, telnet, dig, nslookup, host, getent, in Pods too',
      `${TRACE} › tells the way of %s`,
    ),
    behaviour(
      '`kubectl exec`, ssh, the Pod of `kubectl run -i` and the tunnel of `port-forward` are followed',
      `${TRACE} › follows the command into a Pod and over ssh`,
      `${TRACE} › follows the Pod that kubectl run makes to send a request`,
      `${TRACE} › goes through the tunnel of kubectl port-forward`,
    ),
    behaviour(
      'alone, `trace` tells the last request again; the same way is told once and counted',
      `${TRACE} › tells the last request again when it stands alone`,
      `${TRACE} › counts what took the same way, without the probes that ran meanwhile`,
    ),
    behaviour('it speaks the language of the page', `${TRACE} › speaks the language of the page`),
    behaviour(
      'names: the search list that was tried, and the record',
      `${CAUSES} › of the outside go through the search list first`,
    ),
    behaviour(
      'kube-proxy: chains as iptables-save calls them, and the probability',
      `${EXPLAINED} › is told with its chains and the probability`,
    ),
    behaviour('session affinity says whom it remembers', `${EXPLAINED} › is told with whom it remembers`),
    behaviour(
      'source NAT: kept, rewritten, or rewritten because of a hairpin',
      `${EXPLAINED} › is told with what becomes of the source`,
    ),
    behaviour(
      'routes between nodes and out of the cluster',
      `${EXPLAINED} › is followed over the routes between nodes and out of the cluster`,
    ),
    behaviour(
      'cause: a label that differs or is missing, labels on the workload only, Pods elsewhere, scaled to zero',
      `${EXPLAINED} › the one that differs is named`,
      `${EXPLAINED} › the one that is missing is named`,
      `${CAUSES} › is told of labels that nearly match`,
      `${CAUSES} › is told of labels that only the Deployment has`,
      `${CAUSES} › is told of Pods in another namespace`,
      `${CAUSES} › is told of a Deployment that is scaled to zero`,
    ),
    behaviour(
      'cause: not ready, with the probe and what it was answered',
      `${EXPLAINED} › is told with what its readiness probe was answered`,
      `${EXPLAINED} › is told to be waiting while its probe has not been asked`,
      `${CAUSES} › is told of a readiness probe at the wrong port and at the wrong path`,
    ),
    behaviour(
      'cause: a Pod that cannot start, or that no node takes',
      `${EXPLAINED} › is told with what keeps its container from starting`,
      `${CAUSES} › is told of a Pod that no node takes and of one whose image is not there`,
    ),
    behaviour(
      'cause: targetPort, by number or name; ports that are mixed up',
      `${CAUSES} › is told of a name that no container port has`,
      `${CAUSES} › %o to %s`,
    ),
    behaviour(
      'cause: an application bound to 127.0.0.1, or one that speaks another protocol',
      `${EXPLAINED} › listens on 127.0.0.1 only`,
      `${EXPLAINED} › listens with another protocol`,
    ),
    behaviour(
      'cause: endpoints written by hand that are missing, free or closed',
      `${CAUSES} › lead nowhere, to a closed port, or are called by another name`,
      `${CAUSES} › are missing`,
    ),
    behaviour(
      'cause: a node without kube-proxy, without CNI, or down',
      `${EXPLAINED} › knows nothing of new Services`,
      `${EXPLAINED} › is told of its node, where the CNI plugin is missing`,
      `${EXPLAINED} › is told of its node, which is down`,
      `${CAUSES} › that are switched off answer nobody, and neither do their Pods`,
    ),
    behaviour(
      'cause: names of another namespace, of no Service, of Pods; ExternalName to nowhere',
      `${CAUSES} › %o asks for %s`,
    ),
    behaviour(
      'cause: CoreDNS away, SERVFAIL, DNS forgotten in an egress policy',
      `${CAUSES} › need CoreDNS, and an egress policy that lets questions out`,
      `${EXPLAINED} › that fails to answer is told as SERVFAIL`,
    ),
    behaviour(
      'cause: policy Local without local endpoints, source ranges, a load balancer without address',
      `${CAUSES} › without a Pod of the Service drop what is Local`,
      `${CAUSES} › keep to the ranges of a load balancer`,
      `${CAUSES} › of load balancers without a provider are reached by node ports only`,
    ),
    behaviour(
      'cause: the policy that denied, and how nearly it allowed',
      `${CAUSES} › name %s`,
      `${EXPLAINED} › that allow nothing isolate what they select`,
    ),
    behaviour(
      'cause: Ingress host, path, Service or port that is not there',
      `${INGRESS} › a path that the host does not have is the 404 of the controller, and the trace names its paths`,
      `${INGRESS} › 503 where the Service is missing, has no such port, or has no endpoints, and the trace says which`,
    ),
    behaviour(
      'cause: a certificate that the client refuses',
      `${TLS} › curl does not trust an authority that it has not been shown, and asks nothing`,
      'emulator/network/explain/certificate.test.ts › %s',
    ),
    behaviour('a cluster IP does not answer ping, and says so', `${CAUSES} › do not concern ping`),
    behaviour(
      "the drawing: each hop's place, and where a packet got lost",
      `${PATH} › finds each hop in the drawing and stays put where a hop has no shape`,
      `${PATH} › leaves a packet that is lost on the way where it was`,
      `${WAY} › marks where the request died`,
    ),
    behaviour(
      "five learners' notes replayed command by command, wrong ones too",
      `${NOTES} › %i: %s`,
      `${NOTES} › corrects what is wrong, and only that`,
    ),
  ],
}
