import type { Kube } from '../../../emulator/index.ts'

type Container = Kube.Container

/** A pod template as `rollout history --revision` and describers show it (upstream: describe.go, DescribePodTemplate). */
export function podTemplateLines(template: Kube.PodTemplateSpec): readonly string[] {
  const labels = Object.entries(template.metadata?.labels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${k}=${v}`)
  const annotations = Object.entries(template.metadata?.annotations ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  const { containers = [], initContainers = [], volumes = [], nodeSelector, tolerations = [] } = template.spec ?? {}
  return [
    'Pod Template:',
    ...(labels.length ? labels.map((label, i) => `${i === 0 ? '  Labels:' : ''}\t${label}`) : ['  Labels:\t<none>']),
    ...annotations.map(([key, value], i) => `${i === 0 ? '  Annotations:' : ''}\t${key}: ${value}`),
    ...(template.spec?.serviceAccountName ? [`  Service Account:\t${template.spec.serviceAccountName}`] : []),
    ...(initContainers.length ? ['  Init Containers:', ...initContainers.flatMap(containerLines)] : []),
    '  Containers:',
    ...containers.flatMap(containerLines),
    ...(volumes.length ? ['  Volumes:', ...volumes.map((v) => `   ${v.name}:`)] : ['  Volumes:\t<none>']),
    `  Node-Selectors:\t${formatMap(nodeSelector)}`,
    `  Tolerations:\t${tolerations.length ? tolerations.map((t) => `${t.key ?? ''}${t.value ? `=${t.value}` : ''}${t.effect ? `:${t.effect}` : ''}`).join(', ') : '<none>'}`,
  ]
}

function containerLines(container: Container): readonly string[] {
  const ports = container.ports ?? []
  const list = (values: readonly string[]) => (values.length ? values.join(', ') : '')
  const { limits, requests } = container.resources ?? {}
  return [
    `   ${container.name}:`,
    `    Image:\t${container.image ?? ''}`,
    `    ${ports.length > 1 ? 'Ports' : 'Port'}:\t${list(ports.map((p) => `${p.containerPort}/${p.protocol ?? 'TCP'}`)) || '<none>'}`,
    `    ${ports.length > 1 ? 'Host Ports' : 'Host Port'}:\t${list(ports.map((p) => `${p.hostPort ?? 0}/${p.protocol ?? 'TCP'}`)) || '<none>'}`,
    ...argumentLines('Command', container.command),
    ...argumentLines('Args', container.args),
    ...quantities('Limits', limits),
    ...quantities('Requests', requests),
    ...environment(container),
    ...((container.volumeMounts ?? []).length
      ? [
          '    Mounts:',
          ...(container.volumeMounts ?? []).map(
            (m) => `      ${m.mountPath} from ${m.name} (${m.readOnly ? 'ro' : 'rw'})`,
          ),
        ]
      : ['    Mounts:\t<none>']),
  ]
}

const argumentLines = (title: string, words: readonly string[] | undefined) =>
  words?.length ? [`    ${title}:`, ...words.map((w) => `      ${w}`)] : []

const quantities = (title: string, values: { readonly [name: string]: string } | undefined) =>
  values && Object.keys(values).length
    ? [
        `    ${title}:`,
        ...Object.keys(values)
          .sort()
          .map((name) => `      ${name}:\t${values[name]}`),
      ]
    : []

function environment(container: Container): readonly string[] {
  const env = container.env ?? []
  return env.length
    ? ['    Environment:', ...env.map((e) => `      ${e.name}:\t${e.value ?? '<set from source>'}`)]
    : ['    Environment:\t<none>']
}

function formatMap(map: { readonly [key: string]: string } | undefined): string {
  const pairs = Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return pairs.length ? pairs.map(([k, v]) => `${k}=${v}`).join(',') : '<none>'
}
