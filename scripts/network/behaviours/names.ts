import { behaviour, type Topic } from '../behaviour.ts'

const NAMES = 'emulator/images/names.test.ts'
const RECORDS = 'emulator/network/dns/records.test.ts'
const COREFILE = 'emulator/network/dns/corefile-in-force.test.ts'
const PLUGINS = 'emulator/network/dns/plugins/plugins.test.ts'
const ENVIRONMENT = 'emulator/network/services/environment.test.ts'

export const names: Topic = {
  title: 'Names',
  behaviours: [
    behaviour(
      'A, SRV and AAAA of a Service, their time to live',
      `${RECORDS} › with a cluster IP: A of its address, SRV of its named ports with the address beside, no AAAA, 30 seconds`,
    ),
    behaviour(
      'every form of a Service name',
      `${NAMES} › resolves Services by every form of their name`,
      `${RECORDS} › of another namespace is found by a name with the namespace, not without`,
    ),
    behaviour('PTR', `${RECORDS} › goes with the Service, and PTR leads back to it`),
    behaviour(
      'headless names and their endpoints',
      `${RECORDS} › headless: the addresses of ready Pods, in another order each time, and a name for each`,
      `${RECORDS} › headless without ports: addresses, but no SRV`,
      `${RECORDS} › headless without ready Pods: NXDOMAIN, unless it publishes unready ones`,
    ),
    behaviour(
      'CNAME of an ExternalName',
      `${RECORDS} › ExternalName: an alias, with what it leads to inside and outside the cluster`,
    ),
    behaviour('StatefulSet Pods', `${RECORDS} › of a StatefulSet: their own names under the headless Service`),
    behaviour(
      'Pod names: hostname and subdomain',
      `${RECORDS} › with hostname and subdomain have a name too, without them none of their own`,
    ),
    behaviour(
      'Pod names: addresses with dashes',
      `${RECORDS} › are made of any address with dashes (pods insecure), in namespaces that exist`,
      `${PLUGINS} › pods: disabled knows no Pods, verified those that are there`,
    ),
    behaviour(
      'the zone itself: NS, SOA, version, NODATA and NXDOMAIN',
      `${RECORDS} › has a name server and a version, names without data, and no others`,
    ),
    behaviour(
      '/etc/resolv.conf by dnsPolicy',
      `${RECORDS} › by dnsPolicy: ClusterFirst asks CoreDNS, with the search list of the namespace`,
      `${RECORDS} › by dnsPolicy: Default takes the servers of the node, and so does ClusterFirst with hostNetwork`,
      `${RECORDS} › by dnsPolicy: None has what dnsConfig says and nothing else`,
      `${RECORDS} › of the node leads nowhere near the cluster`,
    ),
    behaviour(
      '/etc/resolv.conf by dnsConfig',
      `${RECORDS} › dnsConfig adds to the others: servers and searches behind, options in place`,
    ),
    behaviour(
      '/etc/resolv.conf: three servers and 32 domains at most',
      `${RECORDS} › has no more than three servers and 32 domains; the kubelet tells what it leaves out`,
    ),
    behaviour(
      'further servers when the first does not answer',
      `${RECORDS} › names further servers for when the first is silent or refuses`,
    ),
    behaviour(
      'any Corefile runs or is refused in words',
      `${PLUGINS} › is run by or refused in words, whatever stands in it`,
    ),
    behaviour(
      'search list and ndots',
      `${RECORDS} › decides what is asked: ndots says when the search list comes first`,
      `${NAMES} › never throws for wild names, and asks in the order that ndots gives`,
    ),
    behaviour(
      'refused and silent DNS servers',
      `${RECORDS} › refuses when CoreDNS has no Pods, and is silent when a policy drops the questions`,
      `${NAMES} › gets no answer when CoreDNS is gone`,
    ),
    behaviour(
      'SERVFAIL and time-outs of upstream servers',
      `${COREFILE} › a forward to a server that is silent ends in time-outs, to one that refuses in SERVFAIL`,
    ),
    behaviour(
      'a broken Corefile breaks CoreDNS when it starts',
      `${COREFILE} › a broken Corefile leaves the old one in force until CoreDNS is restarted, and then it crashes`,
      `${NAMES} › says in the words of CoreDNS why a Corefile cannot be run by`,
    ),
    behaviour(
      'reload',
      `${COREFILE} › a second zone in the Corefile answers beside the first, after the time that a reload takes`,
      `${COREFILE} › without the reload plugin a changed Corefile waits for a restart`,
    ),
    behaviour('loop', `${COREFILE} › a forward that leads back to CoreDNS ends it, at a reload and at every start`),
    behaviour(
      'health and ready',
      `${COREFILE} › without health CoreDNS is killed by its liveness probe, without ready it never becomes ready`,
    ),
    behaviour(
      'its log',
      `${COREFILE} › its log begins with what it runs by`,
      `${PLUGINS} › writes a line for each question, with sizes, code and flags`,
      `${PLUGINS} › may be told which names and which kinds of answers`,
      `${PLUGINS} › names the question and why it failed`,
    ),
    behaviour(
      'kubernetes: zones, ttl, pods, endpoint_pod_names, namespaces, fallthrough',
      `${PLUGINS} › answers for its zones, and after 5 seconds anew if no ttl is given`,
      `${PLUGINS} › endpoint_pod_names calls endpoints by their Pods`,
      `${PLUGINS} › namespaces hides the others, ignore empty_service those without endpoints, noendpoints all headless ones`,
      `${PLUGINS} › fallthrough hands unknown names of its zones on`,
    ),
    behaviour(
      'forward',
      `${PLUGINS} › sends on what its zone covers, except what it must not`,
      `${PLUGINS} › tries the next server when one does not answer`,
      `${PLUGINS} › of a stub zone reaches a DNS server in another Pod`,
    ),
    behaviour(
      'hosts',
      `${PLUGINS} › has names of its own; without fallthrough all others are SERVFAIL`,
      `${PLUGINS} › with fallthrough leaves the others to the next plugin, and reads a file`,
    ),
    behaviour(
      'rewrite',
      `${PLUGINS} › asks for another name and answers under the one that was asked for`,
      `${PLUGINS} › by prefix, suffix, substring and regex, with the answer turned back if it is told to`,
      `${PLUGINS} › stops at the first rule that fits, unless that says continue`,
      `${PLUGINS} › of ttl changes how long answers live`,
    ),
    behaviour(
      'cache',
      `${PLUGINS} › answers what is gone until its time is over, with the seconds that are left`,
      `${PLUGINS} › remembers what does not exist too, unless it is told not to`,
      `${PLUGINS} › as kubeadm sets it up shortens what comes from outside and leaves the cluster alone`,
    ),
    behaviour(
      'template',
      `${PLUGINS} › makes answers of what a pattern finds in the name`,
      `${PLUGINS} › can refuse names altogether`,
    ),
    behaviour(
      'file',
      `${PLUGINS} › answers from a zone file: addresses, aliases, stars, and names that do not exist`,
      `${PLUGINS} › that cannot be read is SERVFAIL`,
    ),
    behaviour('loadbalance', `${PLUGINS} › is what puts addresses in another order each time`),
    behaviour(
      'several server blocks',
      `${PLUGINS} › answer for their own zones, the longest first; names in none are refused`,
    ),
    behaviour(
      'KUBIA_SERVICE_HOST, …_PORT_HTTP and docker-link variables',
      `${ENVIRONMENT} › have host and port, by number and by name, and the variables of docker links`,
      `${ENVIRONMENT} › yield to the Pod's own variables, which may refer to them`,
    ),
    behaviour(
      'variables only of Services older than the container',
      `${ENVIRONMENT} › are those that were there when the container started; a restart finds later ones`,
      `${ENVIRONMENT} › are those of its own namespace and kubernetes, those with a cluster IP alone`,
    ),
    behaviour(
      'enableServiceLinks',
      `${ENVIRONMENT} › are left out by enableServiceLinks: false, but for kubernetes; names with dashes get underscores`,
    ),
  ],
}
