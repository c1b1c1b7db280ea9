import { defineCommand } from '../../types.ts'
import { parseArguments } from '../arguments.ts'
import { nodeOf, notFound } from '../node/node-place.ts'
import { checkExpiration, renew } from './certs.ts'
import { initDefaults, joinDefaults } from './print-config.ts'
import * as token from './token.ts'
import * as upgrade from './upgrade.ts'
import { failed, isControlPlane, type KubeadmVerb, VERSION } from './verb.ts'

const IMAGES = [
  ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kube-proxy'].map(
    (name) => `registry.k8s.io/${name}:${VERSION}`,
  ),
  'registry.k8s.io/coredns/coredns:v1.14.2',
  'registry.k8s.io/pause:3.10.1',
  'registry.k8s.io/etcd:3.6.8-0',
]

/** kubeadm 1.36 on the nodes of a cluster that it has set up: what is asked of it afterwards. */
export const kubeadm = defineCommand({
  name: 'kubeadm',
  summary: "Look after the cluster's tokens, certificates and version",
  complete: (words) => (words.length === 1 ? ['certs', 'config', 'init', 'join', 'token', 'upgrade', 'version'] : []),
  async run(context) {
    const node = nodeOf(context)
    if (node === undefined) return notFound(context, 'kubeadm')
    const { words, flags, values } = parseArguments(context.argv.slice(1), {
      flags: ['print-join-command', 'dry-run', 'y', 'yes', 'f', 'force', 'h', 'help', 'upload-certs'],
      values: [
        'ttl',
        'description',
        'groups',
        'usages',
        'o',
        'output',
        'v',
        'kubeconfig',
        'config',
        'token',
        'discovery-token-ca-cert-hash',
        'ignore-preflight-errors',
        'pod-network-cidr',
        'apiserver-advertise-address',
        'kubernetes-version',
        'cri-socket',
        'certificate-renewal',
        'etcd-upgrade',
        'control-plane-endpoint',
        'image-repository',
        'certificate-key',
        'cert-dir',
        'service-cidr',
        'node-name',
      ],
    })
    const [first = '', second = '', third = ''] = words
    for (const depth of [3, 2, 1]) {
      const verb = VERBS.get([first, second, third].slice(0, depth).join(' '))
      if (verb === undefined) continue
      if (context.user !== 'root' && first !== 'version' && second !== 'print')
        return failed(context, 'user is not running as root')
      return await verb({ context, node, words: words.slice(depth), flags, values })
    }
    if (first === '' || first === 'help') {
      context.out(
        "kubeadm: easily bootstrap a secure Kubernetes cluster\n\nUsage:\n  kubeadm [command]\n\nAvailable Commands:\n  certs       Commands related to handling Kubernetes certificates\n  config      Manage configuration for a kubeadm cluster persisted in a ConfigMap in the cluster\n  init        Run this command in order to set up the Kubernetes control plane\n  join        Run this on any machine you wish to join an existing cluster\n  reset       Performs a best effort revert of changes made to this host by 'kubeadm init' or 'kubeadm join'\n  token       Manage bootstrap tokens\n  upgrade     Upgrade your cluster smoothly to a newer version with this command\n  version     Print the version of kubeadm\n",
      )
      return 0
    }
    if (first === 'reset') {
      context.err('kubeadm: reset is not emulated; reset the workspace to begin anew\n')
      return 1
    }
    return failed(context, `unknown command ${JSON.stringify(words.join(' '))} for "kubeadm"`)
  },
})

const version: KubeadmVerb = ({ context, values }) => {
  const output = values.get('o') ?? values.get('output')
  const info = {
    major: '1',
    minor: '36',
    gitVersion: VERSION,
    gitCommit: '4f1a2b3c5d6e7f8091a2b3c4d5e6f708192a3b4c',
    gitTreeState: 'clean',
    buildDate: '2026-06-09T12:48:10Z',
    goVersion: 'go1.26.2',
    compiler: 'gc',
    platform: 'linux/amd64',
  }
  if (output === 'short') context.out(`${VERSION}\n`)
  else if (output === 'json') context.out(`${JSON.stringify({ clientVersion: info }, undefined, 2)}\n`)
  else if (output === 'yaml')
    context.out(
      `clientVersion:\n${Object.entries(info)
        .map(([key, value]) => `  ${key}: ${/^\d+$/.test(value) ? JSON.stringify(value) : value}\n`)
        .join('')}`,
    )
  else
    context.out(
      `kubeadm version: &version.Info{Major:"1", Minor:"36", EmulationMajor:"", EmulationMinor:"", MinCompatibilityMajor:"", MinCompatibilityMinor:"", GitVersion:"${VERSION}", GitCommit:"${info.gitCommit}", GitTreeState:"clean", BuildDate:"${info.buildDate}", GoVersion:"${info.goVersion}", Compiler:"gc", Platform:"linux/amd64"}\n`,
    )
  return 0
}

const images: KubeadmVerb = ({ context }) => {
  context.out(IMAGES.map((image) => `${image}\n`).join(''))
  return 0
}

const pull: KubeadmVerb = ({ context }) => {
  context.out(IMAGES.map((image) => `[config/images] Pulled ${image}\n`).join(''))
  return 0
}

/** A node that is up cannot be set up again: the checks that come first say why. */
function refused(step: string, ports: readonly number[], files: readonly string[]): KubeadmVerb {
  return ({ context, node }) => {
    if (step === 'init') context.out(`[init] Using Kubernetes version: ${VERSION}\n`)
    context.out('[preflight] Running pre-flight checks\n')
    const present = files.filter((path) => node.files.stat(path) !== undefined)
    const lines = [
      ...ports.map((port) => `\t[ERROR Port-${port}]: Port ${port} is in use\n`),
      ...present.map((path) => `\t[ERROR FileAvailable-${path.replaceAll('/', '-')}]: ${path} already exists\n`),
    ]
    if (lines.length === 0) return failed(context, `setting up a node by "kubeadm ${step}" is not emulated`)
    context.err(
      `[preflight] Some fatal errors occurred:\n${lines.join('')}[preflight] If you know what you are doing, you can make a check non-fatal with \`--ignore-preflight-errors=...\`\n`,
    )
    return failed(context, 'error execution phase preflight: preflight checks failed')
  }
}

const MANIFESTS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'].map(
  (name) => `/etc/kubernetes/manifests/${name}.yaml`,
)

const init: KubeadmVerb = (call) =>
  refused('init', isControlPlane(call.node) ? [6443, 10259, 10257, 10250, 2379, 2380] : [10250], MANIFESTS)(call)

const VERBS: ReadonlyMap<string, KubeadmVerb> = new Map([
  ['version', version],
  ['token list', token.list],
  ['token create', token.create],
  ['token delete', token.remove],
  ['token generate', token.generate],
  ['certs check-expiration', checkExpiration],
  ['certs renew', renew],
  ['config images list', images],
  ['config images pull', pull],
  ['config print init-defaults', initDefaults],
  ['config print join-defaults', joinDefaults],
  ['upgrade plan', upgrade.plan],
  ['upgrade apply', upgrade.apply],
  ['upgrade node', upgrade.node],
  ['init', init],
  ['join', refused('join', [10250], ['/etc/kubernetes/kubelet.conf', '/etc/kubernetes/pki/ca.crt'])],
])
