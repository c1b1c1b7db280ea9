'use client'
import { useTranslations } from 'next-intl'
import type { TopologyView } from '../../server/protocol.ts'
import { Icon } from '../ui/icons.tsx'
import { podId } from './group.ts'
import { KindIcon } from './kind-icon.tsx'
import { ingressId, serviceId } from './layout.ts'
import { formatLabels, nearMisses } from './near-miss.ts'
import { NearMissText } from './tie-panel.tsx'

/** The same cluster in words, for screen readers, small screens and whoever prefers lists. */
export function ClusterList({ view }: { readonly view: TopologyView }) {
  const t = useTranslations('topology')
  const nodes = view.machines.filter((machine) => machine.role !== 'laptop')
  return (
    <div className="@container">
      <div className="grid gap-5 p-4 text-[0.875rem] @2xl:grid-cols-2">
        <section>
          <h3 className="font-semibold">{t('services')}</h3>
          {view.services.length === 0 && <p className="text-ink-soft">{t('noServices')}</p>}
          <ul className="mt-1 space-y-3">
            {view.services.map((service) => (
              <ServiceItem key={serviceId(service)} service={service} view={view} />
            ))}
          </ul>
        </section>
        <section>
          <h3 className="font-semibold">{t('pods')}</h3>
          {view.pods.length === 0 && <p className="text-ink-soft">{t('noPods')}</p>}
          <ul className="mt-1 space-y-1.5">
            {view.pods.map((pod) => (
              <li key={podId(pod)} className="flex flex-wrap items-center gap-x-2">
                <KindIcon kind="pod" className={pod.ready ? 'size-4 text-good' : 'size-4 text-warn'} />
                <span className="font-medium">{pod.name}</span>
                <span className="text-ink-soft">
                  {pod.terminating ? t('terminating') : pod.ready ? t('ready') : t('notReady')} ·{' '}
                  {pod.node ? t('onNode', { node: pod.node }) : t('noNode')}
                </span>
                <span className="w-full pl-6 font-mono text-xs text-ink-soft">
                  {pod.ip} {formatLabels(pod.labels)}
                </span>
              </li>
            ))}
          </ul>
          {view.ingresses.length > 0 && <Ingresses ingresses={view.ingresses} />}
          <h3 className="mt-4 font-semibold">{t('nodes')}</h3>
          <ul className="mt-1 space-y-1">
            {nodes.map((node) => (
              <li key={node.name} className="flex flex-wrap items-center gap-x-2">
                <KindIcon kind="node" /> {node.name}{' '}
                <span className="font-mono text-xs text-ink-soft">{node.address}</span>
                <span className="text-ink-soft">{node.ready ? t('ready') : t('notReady')}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </div>
  )
}

function Ingresses({ ingresses }: Pick<TopologyView, 'ingresses'>) {
  const t = useTranslations('topology')
  return (
    <>
      <h3 className="mt-4 font-semibold">{t('ingresses')}</h3>
      <ul className="mt-1 space-y-1.5">
        {ingresses.map((ingress) => (
          <li key={ingressId(ingress)} className="flex flex-wrap items-center gap-x-2">
            <KindIcon kind="ingress" /> <span className="font-medium">{ingress.name}</span>
            {!ingress.served && <span className="text-bad">✕ {t('notServed')}</span>}
            {ingress.routes.map(({ host, path, service }) => (
              <span key={`${host}${path}`} className="w-full pl-6 font-mono text-xs text-ink-soft">
                {host}
                {path} → {service}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </>
  )
}

type Service = TopologyView['services'][number]

function ServiceItem({ service, view }: { readonly service: Service; readonly view: TopologyView }) {
  const t = useTranslations('topology')
  const misses = nearMisses(service, view.pods)
  const ready = service.endpoints.filter((endpoint) => endpoint.ready).length
  return (
    <li>
      <p className="flex flex-wrap items-center gap-x-2">
        <KindIcon kind="service" className="size-4 text-accent" />
        <span className="font-medium">{service.name}</span>
        <span className="text-ink-soft">{service.type}</span>
        <span className="font-mono text-xs text-ink-soft">{service.clusterIP}</span>
      </p>
      <div className="pl-6">
        <p className="font-mono text-xs">
          {service.ports.map((port) => (
            <span key={`${port.protocol}${port.port}`} className="mr-3">
              {port.nodePort !== undefined && `${port.nodePort} → `}
              {port.port} → {port.targetPort}
            </span>
          ))}
        </p>
        <p className={misses.length > 0 ? 'text-bad' : 'text-ink-soft'}>
          {Object.keys(service.selector).length > 0
            ? `${t('selector')} ${formatLabels(service.selector)}`
            : t('noSelector')}
          {' · '}
          {t('endpointReady', { ready, total: service.endpoints.length })}
        </p>
        <ul>
          {service.endpoints.map((endpoint) => (
            <li key={endpoint.address} className="flex items-center gap-1.5 text-xs">
              <Icon
                name={endpoint.ready ? 'check' : 'clock'}
                className={`size-3.5 ${endpoint.ready ? 'text-good' : 'text-warn'}`}
              />
              <span className="font-mono">{endpoint.pod ?? endpoint.address}</span>
              <span className="text-ink-soft">{endpoint.ready ? t('ready') : t('notReady')}</span>
            </li>
          ))}
        </ul>
        <ul className="text-[0.8125rem]">
          {misses.map((miss) => (
            <li key={miss.pod}>
              <NearMissText miss={miss} />
            </li>
          ))}
        </ul>
      </div>
    </li>
  )
}
