import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { KindIcon } from '../topology/kind-icon.tsx'
import { Icon } from '../ui/icons.tsx'
import { Arrow, Diagram } from './diagram.tsx'

interface FlowPod {
  readonly name: string
  /** Address and port, as the list has it. */
  readonly address: string
  readonly ready: boolean
  /** Does the selector match its labels? Yes, if not said. */
  readonly selected?: boolean
}

/** From Pods to requests: labels and readiness decide on the EndpointSlice, and kube-proxy follows the slice. */
export function EndpointsFlow({ caption, pods }: { readonly caption: string; readonly pods: readonly FlowPod[] }) {
  const t = useTranslations('diagram')
  return (
    <Diagram caption={caption}>
      <ol className="flex flex-col gap-4 @lg:gap-2.5">
        {pods.map(({ name, address, ready, selected = true }) => (
          <li key={name} className="flex flex-col @lg:flex-row @lg:items-stretch">
            <Cell on={selected && ready}>
              <span className="flex items-center justify-center gap-1.5 text-sm font-semibold">
                <KindIcon kind="pod" className="size-5 text-accent" />
                {name}
              </span>
              <span className="flex flex-wrap justify-center gap-x-3">
                <State on={selected} yes={t('labelsMatch')} no={t('labelsDiffer')} />
                <State on={ready} yes={t('ready')} no={t('notReady')} />
              </span>
            </Cell>
            <CentredArrow />
            <Cell on={selected && ready}>
              <span className="text-xs text-ink-soft">EndpointSlice</span>
              {selected ? (
                <span className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">
                  {address}
                  <br />
                  ready={String(ready)}
                </span>
              ) : (
                <span className="text-sm">{t('notListed')}</span>
              )}
            </Cell>
            <CentredArrow />
            <Cell on={selected && ready}>
              <span className="text-xs text-ink-soft">kube-proxy</span>
              <State on={selected && ready} yes={t('getsRequests')} no={t('getsNone')} />
            </Cell>
          </li>
        ))}
      </ol>
    </Diagram>
  )
}

function Cell({ on, children }: { readonly on: boolean; readonly children: ReactNode }) {
  return (
    <span
      className={`flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-lg border px-2 py-2 text-center leading-5 ${on ? 'border-line-strong bg-raised' : 'border-dashed border-line-strong'}`}
    >
      {children}
    </span>
  )
}

function CentredArrow() {
  return (
    <span className="flex items-center justify-center">
      <Arrow />
    </span>
  )
}

function State({ on, yes, no }: { readonly on: boolean; readonly yes: string; readonly no: string }) {
  return (
    <span className={`inline-flex items-center gap-1 text-xs font-medium ${on ? 'text-good' : 'text-bad'}`}>
      <Icon name={on ? 'check' : 'cross'} className="size-3.5" strokeWidth="2" />
      {on ? yes : no}
    </span>
  )
}
