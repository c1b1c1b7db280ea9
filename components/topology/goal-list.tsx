'use client'
import { useTranslations } from 'next-intl'
import type { GoalRow, GoalThing, GoalView } from '../../curriculum/goal-picture/goal-view.ts'
import { MarkBadge, markOf, signOf, useGoalWords } from './goal-marks.tsx'
import { KindIcon } from './kind-icon.tsx'
import { titleOf } from './thing-title.ts'

/** The goal in words: what is to be reached, with what there is now where it differs, and what stays. */
export function GoalList({ view }: { readonly view: GoalView }) {
  const t = useTranslations('goal')
  const work = view.things.filter((thing) => !thing.kept && thing.kind !== 'Address')
  const kept = view.things.filter((thing) => thing.kept && thing.kind !== 'Address')
  return (
    <div className="space-y-4 p-4 text-[0.875rem]">
      <Things title={t('toReach')} things={work} view={view} />
      {kept.length > 0 && <Things title={t('stays')} things={kept} view={view} />}
    </div>
  )
}

interface ThingsProps {
  readonly title: string
  readonly things: readonly GoalThing[]
  readonly view: GoalView
}

function Things({ title, things, view }: ThingsProps) {
  return (
    <section>
      <h3 className="font-semibold">{title}</h3>
      <ul className="mt-1.5 space-y-2">
        {things.map((thing) => (
          <li key={thing.id}>
            <GoalThingWords thing={thing} view={view} />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface GoalThingWordsProps {
  readonly thing: GoalThing
  readonly view: GoalView
  /** Beside each other, where there is little height. */
  readonly inline?: boolean
}

/** One thing of the goal in words, differences first; also shown while it is pointed at. */
export function GoalThingWords({ thing, view, inline = false }: GoalThingWordsProps) {
  const words = useGoalWords()
  const mark = markOf(thing, view)
  const of = new Map(view.things.map((one) => [one.id, one]))
  const lines = view.lines.filter((line) => line.from === thing.id)
  const missing = thing.state === 'missing'
  const all = [
    ...toldRows(thing).map((row) => ({ met: row.met, text: words.row(missing ? { ...row, met: true } : row) })),
    ...lines.flatMap((line) => {
      const to = of.get(line.to)
      return to ? [{ met: line.met, text: words.line(missing ? { ...line, met: true } : line, to) }] : []
    }),
  ]
  const told = [...all.filter(({ met }) => !met), ...all.filter(({ met }) => met)]
  return (
    <div className="text-[0.8125rem] leading-5">
      <p className="flex flex-wrap items-center gap-x-2">
        <KindIcon kind={signOf(thing)} className="size-4" />
        <span className="font-medium">{titleOf(thing)}</span>
        <span className="text-ink-soft">{thing.kind}</span>
        {mark && <MarkBadge mark={mark} />}
      </p>
      <ul className={inline ? 'flex flex-wrap gap-x-5 pl-6' : 'pl-6'}>
        {told.map(({ met, text }) => (
          <li key={text} className={met || missing ? 'text-ink-soft' : 'text-bad'}>
            {text}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Without what another row says already: any node port beside a certain one, details of a port that is not there. */
function toldRows({ rows, state }: GoalThing): readonly GoalRow[] {
  const has = (aspect: GoalRow['aspect'], of: string | undefined) =>
    rows.some((row) => row.aspect === aspect && row.of === of)
  const absent = new Set(rows.flatMap((row) => (row.aspect === 'port' && !row.met ? [row.of] : [])))
  return rows.filter(
    (row) =>
      !(row.aspect === 'door' && has('nodePort', row.of)) &&
      !(state !== 'missing' && row.aspect !== 'port' && row.of !== undefined && absent.has(row.of)),
  )
}
