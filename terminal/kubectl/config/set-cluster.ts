import { asSettings, loadKubeconfig, saveKubeconfig } from '../api/kubeconfig.ts'
import { defineSubcommand, type Subcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { embedded } from './embed.ts'
import { localPath } from './local-path.ts'
import { withHelp } from './with-help.ts'

/** Upstream: kubectl/pkg/cmd/config/set_cluster.go. */
export const setCluster: Subcommand = defineSubcommand({
  name: 'set-cluster',
  summary: 'Set a cluster entry in kubeconfig',
  long: 'Set a cluster entry in kubeconfig.\n\n Fields of an entry that exists already are kept where nothing new is given.',
  examples: [
    '# Its address only',
    'kubectl config set-cluster dev --server=https://1.2.3.4',
    '',
    '# The certificate of its authority, inside the kubeconfig',
    'kubectl config set-cluster dev --embed-certs --certificate-authority=ca.crt',
  ],
  usage:
    'NAME [--server=server] [--certificate-authority=path/to/certificate/authority] [--insecure-skip-tls-verify=true] [--tls-server-name=example.com]',
  flags: {
    'certificate-authority': { kind: 'string', default: '', summary: 'File with the certificate of its authority.' },
    'embed-certs': { kind: 'bool', default: false, summary: 'Put the certificate itself into the kubeconfig.' },
    'insecure-skip-tls-verify': { kind: 'bool', default: false, summary: 'Do not check its certificate.' },
    'proxy-url': { kind: 'string', default: '', summary: 'Proxy to reach it by.' },
    server: { kind: 'string', default: '', summary: 'Its address.' },
    'tls-server-name': { kind: 'string', default: '', summary: 'Name that its certificate is checked against.' },
  },
  run: async (invocation) => {
    const { context, flags, args } = invocation
    const [name] = args
    if (args.length !== 1 || name === undefined)
      throw withHelp(invocation, setCluster, `Unexpected args: [${args.join(' ')}]`)
    const authority = flags.optional('certificate-authority')
    if (authority && flags.bool('insecure-skip-tls-verify'))
      throw new KubectlError('you cannot specify a certificate authority and insecure mode at the same time')
    if (flags.bool('embed-certs') && !authority)
      throw new KubectlError('you must specify a --certificate-authority to embed')
    const config = await loadKubeconfig(context, flags)
    const settings = { ...asSettings(config.clusters.get(name)) }
    for (const field of ['server', 'proxy-url', 'tls-server-name'])
      if (flags.changed(field)) settings[field] = flags.string(field)
    if (flags.changed('insecure-skip-tls-verify')) {
      settings['insecure-skip-tls-verify'] = true
      if (!flags.bool('insecure-skip-tls-verify')) delete settings['insecure-skip-tls-verify']
      else for (const field of ['certificate-authority', 'certificate-authority-data']) delete settings[field]
    }
    if (authority) {
      delete settings['insecure-skip-tls-verify']
      delete settings['certificate-authority-data']
      settings['certificate-authority'] = localPath(context.cwd, config.path, authority)
      Object.assign(settings, await embedded(invocation, 'certificate-authority'))
      if (flags.bool('embed-certs')) delete settings['certificate-authority']
    }
    await saveKubeconfig(context, { ...config, clusters: new Map([...config.clusters, [name, settings]]) })
    context.out(`Cluster ${JSON.stringify(name)} set.\n`)
    return 0
  },
})
