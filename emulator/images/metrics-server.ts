import { defineImage } from '../node/image.ts'
import { goText } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { httpServer } from './servers.ts'

/** kubeadm's kubelets sign their own certificates, which a metrics server refuses unless it is told not to look. */
const trusts = (process: ContainerProcess): boolean => process.argv.includes('--kubelet-insecure-tls')

/** A line in klog's form, at the process's time. */
function line(process: ContainerProcess, level: 'I' | 'E', text: string): string {
  const at = new Date(process.now()).toISOString()
  return `${level}${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}000       1 ${text}`
}

const scrapeError = (address: string, node: string): string =>
  `scraper.go:149] "Failed to scrape node" err="Get \\"https://${address}:10250/metrics/resource\\": tls: failed to verify certificate: x509: cannot validate certificate for ${address} because it doesn't contain any IP SANs" node="${node}"`

const portOf = (process: ContainerProcess): number =>
  Number(/--secure-port=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 443)

/** Measures nodes and Pods; see node/metrics for what it serves. */
export const metricsServer = defineImage({
  repository: 'registry.k8s.io/metrics-server/metrics-server',
  tags: [/^v0\.[5-8]\.\d+$/],
  sizeBytes: 22_522_000,
  entrypoint: ['/metrics-server'],
  usage: { cpuMilli: 3, memoryBytes: 17 * 1024 * 1024, cpuMsPerRequest: 1 },
  servers: [
    httpServer({
      name: '/metrics-server',
      port: portOf,
      tls: true,
      terminates: 0,
      logStream: 'stderr',
      startLog: (process) => [
        line(process, 'I', 'serving.go:380] Generated self-signed cert (/tmp/apiserver.crt, /tmp/apiserver.key)'),
        line(process, 'I', 'handler.go:288] Adding GroupVersion metrics.k8s.io v1beta1 to ResourceManager'),
        line(process, 'I', `secure_serving.go:211] Serving securely on [::]:${portOf(process)}`),
        ...(trusts(process)
          ? []
          : [
              scrapeError('192.168.1.2', 'controlplane'),
              scrapeError('192.168.1.3', 'node01'),
              scrapeError('192.168.1.4', 'node02'),
            ].map((text) => line(process, 'E', text))),
      ],
      answer: (process, request) => {
        const ready = trusts(process) || !request.path.startsWith('/readyz')
        if (ready) return goText(request, process.now(), 'ok')
        const text =
          '[+]ping ok\n[+]log ok\n[+]poststarthook/max-in-flight-filter ok\n[-]metric-storage-ready failed: reason withheld\nreadyz check failed\n'
        return goText(request, process.now(), text, 500)
      },
    }),
  ],
  programs: [],
})
