'use client'
import { useTranslations } from 'next-intl'
import type { GoalThing, GoalView } from '../../curriculum/goal-picture/goal-view.ts'
import { Drawing, DrawnLine, Underlay } from './drawing.tsx'
import { type GoalLayout, type GoalShape, smallPrint } from './goal-layout.ts'
import { MarkBadge, markOf, signOf } from './goal-marks.tsx'
import { KindIcon } from './kind-icon.tsx'
import { titleOf } from './thing-title.ts'

interface GoalDiagramProps {
  readonly view: GoalView
  readonly layout: GoalLayout
  readonly scale: number
  readonly pointed: string | undefined
  readonly onPoint: (id: string | undefined) => void
}

/** The goal: what is to be reached stands out with its marks, what stays as it is stands back. */
export function GoalDiagram({ view, layout, scale, pointed, onPoint }: GoalDiagramProps) {
  const t = useTranslations('goal')
  return (
    <Drawing label={t('pane')} size={layout} scale={scale}>
      <GoalLines layout={layout} pointed={pointed} />
      {layout.shapes.map((shape) => (
        <GoalBox key={shape.id} shape={shape} view={view} focused={pointed === shape.id} onPoint={onPoint} />
      ))}
    </Drawing>
  )
}

function GoalLines({ layout, pointed }: Pick<GoalDiagramProps, 'layout' | 'pointed'>) {
  return (
    <Underlay size={layout}>
      {layout.paths.map(({ id, from, to, path, met }) => (
        <DrawnLine key={id} path={path} on={pointed === from || pointed === to} solid={met} />
      ))}
      {layout.labels.map((label) => (
        <text
          key={label.id}
          x={label.x}
          y={label.y}
          textAnchor="end"
          fontSize="11"
          fontWeight="600"
          fontFamily="var(--font-mono)"
          fill={label.met ? 'var(--ink-soft)' : 'var(--ink)'}
          stroke="var(--surface)"
          strokeWidth="4"
          paintOrder="stroke"
        >
          {label.text}
        </text>
      ))}
    </Underlay>
  )
}

interface GoalBoxProps extends Pick<GoalDiagramProps, 'view' | 'onPoint'> {
  readonly shape: GoalShape
  readonly focused: boolean
}

function GoalBox({ shape, view, focused, onPoint }: GoalBoxProps) {
  const { id, x, y, width, height, thing } = shape
  const place = { left: x, top: y, width, height }
  if (thing === undefined) return <Laptop place={place} />
  const mark = markOf(thing, view)
  return (
    <button
      type="button"
      aria-pressed={focused}
      className={`absolute rounded-lg border text-left ${lookOf(thing, mark)} ${focused ? 'ring-2 ring-accent' : ''}`}
      style={place}
      onMouseEnter={() => onPoint(id)}
      onMouseLeave={() => onPoint(undefined)}
      onFocus={() => onPoint(id)}
      onBlur={() => onPoint(undefined)}
    >
      <Content thing={thing} view={view} />
      {mark && <MarkBadge mark={mark} className="absolute -top-3 right-1.5" />}
    </button>
  )
}

function lookOf(thing: GoalThing, mark: ReturnType<typeof markOf>): string {
  if (thing.state === 'gone') return 'border-dashed border-line text-ink-soft line-through'
  if (thing.state === 'missing') return 'border-dashed border-accent bg-paper'
  if (mark === 'met') return 'border-good bg-good-wash'
  if (mark !== undefined) return thing.state === 'met' ? 'border-accent bg-paper' : 'border-bad bg-paper'
  return thing.kept ? 'border-line bg-transparent text-ink-soft' : 'border-line-strong bg-paper'
}

function Laptop({ place }: { readonly place: { readonly left: number; readonly top: number } }) {
  const t = useTranslations('topology')
  return (
    <span
      className="absolute flex flex-col items-center justify-center gap-0.5 rounded-lg border border-line text-ink-soft"
      style={place}
    >
      <KindIcon kind="laptop" className="size-5" />
      <span className="text-xs font-medium">{t('laptop')}</span>
    </span>
  )
}

function Content({ thing, view }: { readonly thing: GoalThing; readonly view: GoalView }) {
  const t = useTranslations('goal')
  const strong = thing.kept ? 'font-medium' : 'font-semibold'
  return (
    <span className="flex h-full flex-col justify-center px-2">
      <span className="flex items-start gap-1.5">
        <KindIcon kind={signOf(thing)} className={`mt-px size-3.5 ${thing.kept ? '' : 'text-accent'}`} />
        <span className={`line-clamp-2 min-w-0 text-xs leading-4 wrap-anywhere ${strong}`} title={titleOf(thing)}>
          {titleOf(thing)}
        </span>
      </span>
      <SmallPrint thing={thing} view={view} />
      {thing.kept && <span className="sr-only">{t('kept')}</span>}
    </span>
  )
}

function SmallPrint({ thing, view }: { readonly thing: GoalThing; readonly view: GoalView }) {
  const t = useTranslations('goal')
  const small = 'block truncate text-[11px] leading-3.5 text-ink-soft'
  if (thing.kind === 'Service')
    return (
      <>
        {smallPrint(thing).map(({ text, met }) => (
          <span
            key={text}
            className={`block truncate font-mono text-[10.5px] leading-3.5 ${met ? 'text-ink-soft' : 'font-semibold text-bad'}`}
          >
            {text}
          </span>
        ))}
      </>
    )
  if (thing.kind === 'Address') return <span className={small}>{t('outside')}</span>
  if (thing.kind === 'Ingress') {
    const hosts = view.lines.filter((line) => line.from === thing.id).map(({ of = '' }) => of.replace(/\/.*$/, ''))
    return (
      <span className="line-clamp-2 text-[11px] leading-3.5 wrap-anywhere text-ink-soft">
        {[...new Set(hosts)].join(', ')}
      </span>
    )
  }
  const ready = thing.rows.find((row) => row.aspect === 'ready')
  if (!ready) return null
  const count = Number(ready.value)
  if (ready.met || thing.state === 'missing') return <span className={small}>{t('pods', { count })}</span>
  return (
    <span className={`${small} font-semibold text-bad!`}>{t('podsNow', { count, now: Number(ready.now ?? 0) })}</span>
  )
}
