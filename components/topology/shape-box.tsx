'use client'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { TopologyView } from '../../server/protocol.ts'
import { Icon } from '../ui/icons.tsx'
import type { PodBox } from './group.ts'
import { KindIcon } from './kind-icon.tsx'
import type { Ingress, Machine, Service, Shape } from './layout.ts'
import { formatLabels, nearMisses } from './near-miss.ts'

interface ShapeBoxProps {
  readonly shape: Shape
  readonly view: TopologyView
  readonly dimmed: boolean
  readonly focused: boolean
  /** The packet is here. */
  readonly lit: boolean
  /** The packet died here. */
  readonly dead: boolean
  /** The active terminal stands here. */
  readonly here: boolean
  readonly onPoint: (id: string | undefined) => void
}

/** What other things stand in. */
export const isBand = ({ kind }: Pick<Shape, 'kind'>): boolean =>
  kind === 'node' || kind === 'waiting' || kind === 'outside'

const plain = 'border-line-strong bg-raised'

/** One thing of the drawing. Point at it, or focus it, to see what it touches. */
export function ShapeBox({ shape, view, dimmed, focused, lit, dead, here, onPoint }: ShapeBoxProps) {
  const { id, x, y, width, height } = shape
  const look = isBand(shape) ? 'border-line bg-paper' : lookOf(shape)
  const state = dead
    ? 'border-bad ring-2 ring-bad'
    : lit
      ? 'border-accent ring-2 ring-accent'
      : focused
        ? 'border-accent'
        : ''
  return (
    <button
      type="button"
      aria-pressed={focused}
      className={`absolute rounded-lg border text-left transition-opacity duration-150 ${look} ${state} ${dimmed ? 'opacity-35' : ''}`}
      style={{ left: x, top: y, width, height }}
      onMouseEnter={() => onPoint(id)}
      onMouseLeave={() => onPoint(undefined)}
      onFocus={() => onPoint(id)}
      onBlur={() => onPoint(undefined)}
    >
      <Content shape={shape} view={view} here={here} />
      {dead && (
        <span className="absolute -top-2 -right-2 grid size-5 place-items-center rounded-full bg-bad text-paper">
          <Icon name="cross" className="size-3" strokeWidth="2.4" />
          <DiedHere />
        </span>
      )}
    </button>
  )
}

function DiedHere() {
  const t = useTranslations('trace')
  return <span className="sr-only">{t('diedHere')}</span>
}

function lookOf(shape: Shape): string {
  if (shape.kind === 'pod')
    return shape.box.pods.every((pod) => pod.ready)
      ? 'border-good bg-good-wash'
      : 'border-warn border-dashed bg-warn-wash'
  return plain
}

function Content({
  shape,
  view,
  here,
}: {
  readonly shape: Shape
  readonly view: TopologyView
  readonly here: boolean
}) {
  switch (shape.kind) {
    case 'laptop':
      return <Laptop machine={shape.machine} here={here} />
    case 'node':
      return <NodeLabel machine={shape.machine} here={here} />
    case 'waiting':
      return <Waiting />
    case 'outside':
      return <Outside />
    case 'server':
      return <Server address={shape.address} />
    case 'ingress':
      return <IngressLabel ingress={shape.ingress} />
    case 'load-balancer':
      return <Balancer address={shape.address} />
    case 'service':
      return <ServiceLabel service={shape.service} view={view} />
    case 'pod':
      return <PodLabel box={shape.box} here={here} compact={shape.width < 112} />
  }
}

const Small = ({ children, className = '' }: { readonly children: ReactNode; readonly className?: string }) => (
  <span className={`block truncate text-[11px] leading-4 text-ink-soft ${className}`}>{children}</span>
)

/** Where the commands of the terminal in front are typed. */
function Here() {
  const t = useTranslations('topology')
  return (
    <span className="shrink-0 rounded bg-accent px-1 font-mono text-[10px] leading-4 font-bold whitespace-nowrap text-accent-ink">
      <span aria-hidden="true">❯_</span>
      <span className="sr-only">{t('here')}</span>
    </span>
  )
}

function Laptop({ machine, here }: { readonly machine: Machine; readonly here: boolean }) {
  const t = useTranslations('topology')
  return (
    <span className="flex h-full flex-col items-center justify-center gap-0.5 px-1">
      <span className="flex items-center gap-1.5">
        <KindIcon kind="laptop" className="size-5" />
        {here && <Here />}
      </span>
      <span className="text-xs font-semibold">{t('laptop')}</span>
      <span className="font-mono text-[10px] whitespace-nowrap text-ink-soft">{machine.address}</span>
    </span>
  )
}

function NodeLabel({ machine, here }: { readonly machine: Machine; readonly here: boolean }) {
  const t = useTranslations('topology')
  return (
    <span className="flex h-full max-w-27 flex-col justify-center px-2">
      <span className="flex items-center gap-1">
        <KindIcon kind="node" className="size-3.5" />
        <span className="truncate text-[11.5px] font-semibold">{machine.name}</span>
      </span>
      <span className="flex items-center gap-1 font-mono whitespace-nowrap text-[10px] leading-4 text-ink-soft">
        {machine.address}
        {here && <Here />}
      </span>
      {!machine.ready && <Small className="text-bad!">{t('notReady')}</Small>}
    </span>
  )
}

function Waiting() {
  const t = useTranslations('topology')
  return (
    <span className="flex h-full w-24 flex-col justify-center gap-1 px-2 text-ink-soft">
      <KindIcon kind="waiting" className="size-3.5" />
      <span className="text-[11px] leading-tight">{t('unscheduled')}</span>
    </span>
  )
}

function Outside() {
  const t = useTranslations('topology')
  return (
    <span className="flex h-full w-24 flex-col justify-center gap-1 px-2 text-ink-soft">
      <span className="text-[11px] leading-tight">{t('outside')}</span>
    </span>
  )
}

function Server({ address }: { readonly address: string }) {
  return (
    <span className="flex h-full items-center gap-1.5 px-2">
      <KindIcon kind="endpoint" className="size-3.5" />
      <span className="truncate font-mono text-[11px]">{address}</span>
    </span>
  )
}

/** Which host it is for and which paths; whether nobody takes care of it. */
function IngressLabel({ ingress }: { readonly ingress: Ingress }) {
  const t = useTranslations('topology')
  const hosts = [...new Set(ingress.routes.map(({ host }) => host))].join(' ')
  return (
    <span className="flex h-full flex-col justify-center px-1.5" title={hosts}>
      <span className="flex items-center gap-1 text-[11px] font-semibold">
        <KindIcon kind="ingress" className="size-3.5 shrink-0 text-accent" />
        <span className="min-w-0 truncate">
          {ingress.namespace === 'default' ? ingress.name : `${ingress.namespace}/${ingress.name}`}
        </span>
      </span>
      {ingress.served ? (
        <span className="truncate font-mono text-[10px] text-ink-soft">
          {ingress.routes.map(({ path }) => path).join(' ')}
        </span>
      ) : (
        <span className="truncate text-[10px] text-bad">✕ {t('notServed')}</span>
      )}
    </span>
  )
}

function Balancer({ address }: { readonly address: string }) {
  const t = useTranslations('topology')
  return (
    <span className="flex h-full flex-col justify-center px-1.5">
      <span className="flex items-center gap-1 text-[11px] font-semibold">
        <KindIcon kind="load-balancer" className="size-3.5 shrink-0" />
        <span className="min-w-0 truncate">{t('loadBalancer')}</span>
      </span>
      <span className="truncate font-mono text-[10px] text-ink-soft">{address}</span>
    </span>
  )
}

function ServiceLabel({ service, view }: { readonly service: Service; readonly view: TopologyView }) {
  const t = useTranslations('topology')
  const [miss] = nearMisses(service, view.pods, 1)
  const hasSelector = Object.keys(service.selector).length > 0
  const empty = hasSelector && service.endpoints.length === 0
  return (
    <span className="flex h-full flex-col justify-center px-2">
      <span className="flex items-center gap-1.5">
        <KindIcon kind="service" className="size-3.5 text-accent" />
        <span className="truncate text-xs font-semibold">
          {service.namespace === 'default' ? service.name : `${service.namespace}/${service.name}`}
        </span>
      </span>
      {empty ? (
        <>
          <span className="truncate font-mono text-[11px] leading-4 text-bad">
            ✕ {miss && 'wanted' in miss ? miss.wanted : formatLabels(service.selector)}
          </span>
          {miss && (
            <span className="truncate font-mono text-[11px] leading-4 text-ink-soft">
              ≠ {'has' in miss ? miss.has : miss.pod}
            </span>
          )}
          <span className="sr-only">{t('selectsNothing')}</span>
        </>
      ) : (
        <Small>
          {service.type} <span className="font-mono">{service.ports.map((port) => `:${port.port}`).join(' ')}</span>
        </Small>
      )}
    </span>
  )
}

/** A name cut in the middle when it must be: what tells Pods of one workload apart is at the end. */
function PodName({ name }: { readonly name: string }) {
  const cut = name.length > 14 ? name.length - 6 : name.length
  return (
    <span className="flex">
      <span className="min-w-0 truncate">{name.slice(0, cut)}</span>
      <span className="shrink-0">{name.slice(cut)}</span>
    </span>
  )
}

/** In a narrow box: what the Pod belongs to above, what tells it from its like below. */
function splitName({ title, pods: [only] }: PodBox): { front: string; back: string } | undefined {
  const workload = only?.workload?.split('/').at(-1)
  const at = workload === undefined ? -1 : title.lastIndexOf(`${workload}-`)
  const last = title.slice(title.lastIndexOf('-'))
  return workload === undefined || at === -1
    ? undefined
    : { front: title.slice(0, at + workload.length), back: `…${last}` }
}

function PodLabel({ box, here, compact }: { readonly box: PodBox; readonly here: boolean; readonly compact: boolean }) {
  const t = useTranslations('topology')
  const ready = box.pods.filter((pod) => pod.ready).length
  const [only] = box.pods
  const count = box.pods.length
  const split = compact && count === 1 ? splitName(box) : undefined
  const state = ready === count ? t('ready') : only?.terminating ? t('terminating') : t('notReady')
  return (
    <span className={`flex h-full items-center ${compact ? 'gap-1 px-1' : 'gap-1.5 px-2'}`}>
      <KindIcon kind="pod" className={`size-3.5 ${ready === count ? 'text-good' : 'text-warn'}`} />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-[11.5px] leading-tight font-medium">
          {count > 1 ? t('group', { workload: box.title, count }) : split ? split.front : <PodName name={box.title} />}
        </span>
        <span className={`block truncate text-[10px] leading-tight ${ready === count ? 'sr-only' : 'text-warn'}`}>
          {count > 1 ? t('groupReady', { ready, count }) : state}
        </span>
        {split && ready === count && (
          <span className="block truncate font-mono text-[10px] leading-tight text-ink-soft">{split.back}</span>
        )}
      </span>
      {here && <Here />}
    </span>
  )
}
