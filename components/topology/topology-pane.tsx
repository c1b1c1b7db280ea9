'use client'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState } from 'react'
import { focusTraceEvent } from '../workspace/page-events.ts'
import { useSession, useSessionState } from '../workspace/provider.tsx'
import { fitTopology } from './fit.ts'
import { GoalLeft, type Side, SideSwitch } from './goal-head.tsx'
import { GoalThingWords } from './goal-list.tsx'
import { GoalPicture } from './goal-picture.tsx'
import { podId } from './group.ts'
import { machineId } from './layout.ts'
import { PresentPicture } from './present-picture.tsx'
import { TiePanel } from './tie-panel.tsx'
import { TraceStrip } from './trace-strip.tsx'
import { useSpace } from './use-space.ts'
import { useTrace } from './use-trace.ts'
import { type ViewMode, ViewSwitch } from './view-switch.tsx'

/** From this width on, the present and the goal stand beside each other. */
const BESIDE = 740
/** The goal's part of the width. */
const SHARE = 'w-[42%] min-w-82'

/** The cluster as it is now, an exercise's goal beside it, and the way the last request took. */
export default function TopologyPane() {
  const t = useTranslations('topology')
  const goalWords = useTranslations('goal')
  const view = useSessionState((state) => state.topology)
  const goal = useSessionState((state) => state.goal)
  const trace = useSessionState((state) => state.trace)
  const place = useSessionState((state) => state.topology?.places[String(state.active)])
  const [mode, setMode] = useState<ViewMode>('diagram')
  const [side, setSide] = useState<Side>('now')
  const [pointed, setPointed] = useState<string | undefined>()
  const [aimed, setAimed] = useState<string | undefined>()
  useEffect(() => {
    // A walk is taken through the present.
    const walk = () => setSide('now')
    window.addEventListener(focusTraceEvent, walk)
    return () => window.removeEventListener(focusTraceEvent, walk)
  }, [])
  const pane = useRef<HTMLDivElement>(null)
  const beside = useSpace(pane).width >= BESIDE
  const scroller = useRef<HTMLDivElement>(null)
  const space = useSpace(scroller)
  const fitted = useMemo(() => (view ? fitTopology(view, space) : undefined), [view, space])
  const { walk, packet, way } = useTrace(trace, view, fitted?.layout)
  const drawn = mode === 'diagram' ? fitted : undefined
  const isExercise = useSession().workspace.startsWith('exercise:')
  /** There is a goal to draw, or there may be: its place is kept while it is on its way. */
  const aiming = isExercise && goal !== null
  const aim = goal?.things.find((thing) => thing.id === aimed)
  return (
    <div ref={pane} className="flex h-full min-h-0 flex-col">
      <div className="flex h-9 shrink-0 items-stretch border-b border-line">
        <div className="flex min-w-0 flex-1 items-center justify-between gap-3 px-3">
          {aiming && !beside ? (
            <SideSwitch side={side} onSide={setSide} left={goal?.left} />
          ) : (
            <h2 className="text-[0.8125rem] font-semibold">{t('title')}</h2>
          )}
          {!(aiming && beside) && <ViewSwitch mode={mode} onMode={setMode} />}
        </div>
        {aiming && beside && (
          <div className={`flex shrink-0 items-center gap-2.5 border-l border-line px-3 ${SHARE}`}>
            <h2 className="text-[0.8125rem] font-semibold">{goalWords('title')}</h2>
            <div className="min-w-0 flex-1 truncate">{goal && <GoalLeft view={goal} />}</div>
            <ViewSwitch mode={mode} onMode={setMode} />
          </div>
        )}
      </div>
      {goal === null && <NoPicture />}
      <div className="flex min-h-0 flex-1">
        <div className={`min-h-0 min-w-0 flex-1 ${aiming && !beside && side === 'goal' ? 'hidden' : ''}`}>
          <PresentPicture
            scroller={scroller}
            view={view}
            drawn={drawn}
            pointed={pointed}
            onPoint={setPointed}
            packet={packet}
            way={way}
            here={placeId(place)}
          />
        </div>
        {aiming && (beside || side === 'goal') && (
          <section
            aria-label={goalWords('title')}
            className={`flex min-h-0 flex-col ${beside ? `shrink-0 border-l border-line ${SHARE}` : 'min-w-0 flex-1'}`}
          >
            {goal ? (
              <GoalPicture view={goal} mode={mode} pointed={aimed} onPoint={setAimed} />
            ) : (
              <p className="p-4 text-[0.8125rem] text-ink-soft">{goalWords('waiting')}</p>
            )}
          </section>
        )}
      </div>
      <div
        data-scroller
        className={`shrink-0 overflow-y-auto border-t border-line bg-paper ${trace ? 'h-[clamp(8.5rem,23vh,14rem)] max-h-[48%] max-sm:max-h-[60%]' : 'h-24 max-h-[35%]'}`}
      >
        {aim && goal ? (
          <div className="px-4 py-2.5">
            <GoalThingWords thing={aim} view={goal} inline />
          </div>
        ) : pointed && view && drawn ? (
          <div className="px-4 py-2.5">
            <TiePanel view={view} pointed={pointed} />
          </div>
        ) : (
          <TraceStrip trace={trace} step={walk.step} playing={walk.playing} onToggle={walk.toggle} onMove={walk.move} />
        )}
      </div>
    </div>
  )
}

/** For tasks whose goal is a file, or how requests behave. */
function NoPicture() {
  const t = useTranslations('goal')
  return (
    <p className="shrink-0 border-b border-line px-3 py-1.5 text-[0.8125rem] text-ink-soft">
      <span className="font-semibold text-ink">{t('title')}</span> · {t('noPicture')}
    </p>
  )
}

/** The shape a terminal stands on; its place crosses the wire unchecked, so it is read with care. */
function placeId(place: unknown): string | undefined {
  if (typeof place !== 'object' || place === null || !('kind' in place) || !('name' in place)) return undefined
  const name = String(place.name)
  if (place.kind === 'machine') return machineId(name)
  return 'namespace' in place ? podId({ namespace: String(place.namespace), name }) : undefined
}
