import { useTranslations } from 'next-intl'
import { KindIcon, type KindSign } from '../topology/kind-icon.tsx'

interface PortMapProps {
  readonly nodePort: number
  readonly port: number
  readonly targetPort: number | string
}

/** The three ports a request passes on its way from the laptop to the Pod. */
export function PortMap({ nodePort, port, targetPort }: PortMapProps) {
  const t = useTranslations('portMap')
  const stops = [
    { kind: 'laptop', name: t('laptop') },
    { kind: 'node', name: t('node'), field: 'nodePort', value: nodePort, note: t('nodePort') },
    { kind: 'service', name: t('service'), field: 'port', value: port, note: t('port') },
    { kind: 'pod', name: t('pod'), field: 'targetPort', value: targetPort, note: t('targetPort') },
  ] as const satisfies readonly { readonly kind: KindSign; readonly [key: string]: unknown }[]
  return (
    <figure className="my-7" aria-label={t('label', { nodePort, port, targetPort: String(targetPort) })}>
      <ol className="flex gap-0 max-[480px]:flex-col sm:items-stretch">
        {stops.map((stop, i) => (
          <li key={stop.kind} className="flex min-w-0 flex-1 items-center first:flex-[0.7] max-[480px]:flex-col">
            {i > 0 && (
              <span aria-hidden="true" className="px-1.5 text-lg text-accent max-[480px]:rotate-90 max-[480px]:py-1">
                →
              </span>
            )}
            <span className="flex h-full w-full min-w-0 flex-col items-center gap-0.5 rounded-lg border border-line-strong bg-raised px-1.5 py-3 text-center leading-5">
              <KindIcon kind={stop.kind} className="size-6 text-accent" />
              <span className="text-sm font-semibold">{stop.name}</span>
              {'field' in stop && (
                <>
                  <span className="font-mono text-[1.0625rem] font-semibold">{stop.value}</span>
                  <span className="font-mono text-xs text-accent">{stop.field}</span>
                  <span className="text-xs text-ink-soft">{stop.note}</span>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </figure>
  )
}
