'use client'
import { useTranslations } from 'next-intl'
import type { TopologyView } from '../../server/protocol.ts'
import { serviceId } from './layout.ts'
import { formatLabels, type NearMiss, nearMisses } from './near-miss.ts'
import { tiesOf } from './relations.ts'

/** The sentence for a Pod that a selector nearly matches. */
export function NearMissText({ miss }: { readonly miss: NearMiss }) {
  const t = useTranslations('topology')
  switch (miss.kind) {
    case 'value':
      return t('nearValue', miss)
    case 'key':
      return t('nearKey', miss)
    case 'missing':
      return t('nearMissing', miss)
    case 'namespace':
      return t('nearNamespace', miss)
  }
}

/** The YAML fields behind what is pointed at, or why nothing is tied to it. */
export function TiePanel({ view, pointed }: { readonly view: TopologyView; readonly pointed: string }) {
  const t = useTranslations('topology')
  const ties = tiesOf(view, pointed)
  const service = view.services.find((one) => serviceId(one) === pointed)
  const misses = service ? nearMisses(service, view.pods) : []
  return (
    <div className="text-[0.8125rem]">
      {service && (
        <p className="font-medium">
          {service.name} · {service.type} · <span className="font-mono">{service.clusterIP}</span>
          {' · '}
          {t('endpointReady', {
            ready: service.endpoints.filter((endpoint) => endpoint.ready).length,
            total: service.endpoints.length,
          })}
        </p>
      )}
      {misses.length > 0 && service && (
        <p className="mt-1 text-bad">
          {t('selectsNothing')}: <span className="font-mono">{formatLabels(service.selector)}</span>
        </p>
      )}
      <ul>
        {misses.map((miss) => (
          <li key={miss.pod} className="mt-0.5">
            <NearMissText miss={miss} />
          </li>
        ))}
      </ul>
      {ties.length > 0 && (
        <>
          <p className="mt-1 text-ink-soft">{t('tie')}</p>
          <ul className="mt-0.5 space-y-0.5 font-mono text-[0.75rem]">
            {ties.map((tie) => (
              <li key={`${tie.from}${tie.fromField}${tie.to}${tie.toField}`}>
                <span className="text-ink-soft">{tie.from}</span> {tie.fromField}
                <span className="text-accent"> ═ </span>
                <span className="text-ink-soft">{tie.to}</span> {tie.toField}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
