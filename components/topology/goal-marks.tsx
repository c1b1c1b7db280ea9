'use client'
import { useTranslations } from 'next-intl'
import type { GoalLine, GoalRow, GoalThing, GoalView } from '../../curriculum/goal-picture/goal-view.ts'
import type { KindSign } from './kind-icon.tsx'
import { titleOf } from './thing-title.ts'

/** How a thing or line differs from the goal; undefined where there is nothing to say. */
export type Mark = 'missing' | 'differs' | 'surplus' | 'lineMissing' | 'lineDiffers' | 'met'

const SIGNS: { readonly [mark in Mark]: string } = {
  missing: '＋',
  differs: '≠',
  surplus: '－',
  lineMissing: '＋',
  lineDiffers: '≠',
  met: '✓',
}
const LOOKS: { readonly [mark in Mark]: string } = {
  missing: 'bg-accent text-accent-ink',
  differs: 'bg-bad text-paper',
  surplus: 'bg-bad text-paper',
  lineMissing: 'bg-accent text-accent-ink',
  lineDiffers: 'bg-bad text-paper',
  met: 'bg-good text-paper',
}

/** The mark that hangs on a thing: its own state, or else that of a line that starts from it. */
export function markOf(thing: GoalThing, view: GoalView): Mark | undefined {
  if (thing.state === 'missing' || thing.state === 'differs' || thing.state === 'surplus') return thing.state
  const line = view.lines.find((one) => one.marked && one.from === thing.id)
  if (line) return line.now === undefined ? 'lineMissing' : 'lineDiffers'
  const waiting = view.lines.some((one) => !one.met && one.from === thing.id)
  return thing.kept || waiting ? undefined : 'met'
}

/** A sign and a word; where all is well, the sign alone for those who see it. */
export function MarkBadge({ mark, className = '' }: { readonly mark: Mark; readonly className?: string }) {
  const t = useTranslations('goal')
  return (
    <span
      className={`rounded-full px-1.5 text-[10px] leading-4 font-bold whitespace-nowrap ${LOOKS[mark]} ${className}`}
    >
      <span aria-hidden="true">{SIGNS[mark]} </span>
      <span className={mark === 'met' ? 'sr-only' : ''}>{t(mark)}</span>
    </span>
  )
}

export const signOf = (thing: GoalThing): KindSign =>
  thing.kind === 'Service'
    ? 'service'
    : thing.kind === 'Ingress'
      ? 'ingress'
      : thing.kind === 'Address'
        ? 'endpoint'
        : 'pod'

const LABELS = {
  ready: 'ready',
  type: 'type',
  clusterIP: 'clusterIP',
  externalName: 'externalName',
  balanced: 'balanced',
  port: 'port',
  served: 'served',
  target: 'target',
  nodePort: 'nodePort',
  door: 'nodePort',
} as const

/** Sentences about a thing: what each of its properties should be, and what it is. */
export function useGoalWords() {
  const t = useTranslations('goal')
  const say = (row: GoalRow, value: string | undefined) => {
    if (value === undefined) return t('none')
    if (value === 'some') return t('some')
    return row.aspect === 'clusterIP' && value === 'None' ? t('headless') : value
  }
  return {
    /** `target port of 80: 8080`, and where it differs, what there is now. */
    row(row: GoalRow): string {
      if (row.aspect === 'astray') return t('astray', { thing: row.now ?? '' })
      const label = t(LABELS[row.aspect], { port: row.of ?? '' })
      const goal = say(row, row.value)
      return row.met ? t('row', { label, goal }) : t('rowNow', { label, goal, now: say(row, row.now) })
    },
    line(line: GoalLine, to: GoalThing): string {
      const name = `${to.kind === 'Address' ? '' : `${to.kind} `}${titleOf(to)}`
      if (line.aspect === 'endpoint') {
        const goal = t('pods', { count: Number(line.value) })
        const now = line.now === undefined ? t('none') : t('pods', { count: Number(line.now) })
        if (to.kind === 'Address') return line.met ? t('to', { name }) : t('toMissing', { name })
        return line.met ? t('endpoints', { name, goal }) : t('endpointsNow', { name, goal, now })
      }
      const route = line.of ?? ''
      return line.met ? t('route', { route, name }) : t('routeMissing', { route, name })
    },
  }
}
