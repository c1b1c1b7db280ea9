import { load } from 'js-yaml'
import { defineImage } from '../node/image.ts'
import { goText, requestPath } from '../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'

/** kube-proxy's process; its rules are the network's stages. Without a readable configuration it does not start. */
const program: ContainerProgram = { name: 'kube-proxy', run }

function* run(process: ContainerProcess): Run {
  const path = process.argv.find((argument) => argument.startsWith('--config='))?.slice('--config='.length)
  const text = path === undefined ? '' : yield { kind: 'read', path }
  const failure =
    text === undefined ? `open ${path}: no such file or directory` : path === undefined ? undefined : unreadable(text)
  if (failure !== undefined) {
    log(process, 'E', `run.go:72] "command failed" err=${JSON.stringify(`failed complete: ${failure}`)}`)
    return 1
  }
  process.listen({
    port: 10249,
    protocol: 'TCP',
    address: '127.0.0.1',
    speaks: 'http',
    answer: (request) => {
      const answers = new Map([
        ['/healthz', 'ok'],
        ['/proxyMode', 'iptables'],
      ])
      const answer = answers.get(requestPath(request) ?? '')
      return goText(request, process.now(), answer ?? '404 page not found\n', answer === undefined ? 404 : 200)
    },
  })
  process.listen({
    port: 10256,
    protocol: 'TCP',
    address: '0.0.0.0',
    speaks: 'http',
    answer: (request) => {
      const now = new Date(process.now()).toISOString().replace('T', ' ').replace('Z', '000000 +0000 UTC')
      const answer = `{"lastUpdated": "${now}","currentTime": "${now}", "nodeEligible": true}`
      return goText(request, process.now(), answer, 200)
    },
  })
  log(process, 'I', 'server.go:715] "Using iptables Proxier"')
  process.onTerminate(0)
  return yield* serve()
}

function log(process: ContainerProcess, level: 'E' | 'I', line: string): void {
  const at = new Date(process.now()).toISOString()
  process.err(`${level}${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}000       1 ${line}\n`)
}

function unreadable(text: string): string | undefined {
  try {
    const config = load(text)
    const kind = typeof config === 'object' && config !== null && 'kind' in config ? config.kind : undefined
    return kind === 'KubeProxyConfiguration' ? undefined : "Object 'Kind' is missing or unknown"
  } catch {
    return 'error converting YAML to JSON: yaml: could not be read'
  }
}

export const kubeProxy = defineImage({
  repository: 'registry.k8s.io/kube-proxy',
  tags: [/^v1\.\d{2}\.\d{1,2}$/],
  sizeBytes: 26_300_000,
  usage: { cpuMilli: 1, memoryBytes: 17_000_000, cpuMsPerRequest: 1 },
  command: ['/usr/local/bin/kube-proxy'],
  servers: [program],
  programs: ['iptables', 'iptables-save', 'conntrack'],
})
