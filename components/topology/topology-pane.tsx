'use client'
import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { TraceView } from '../../server/protocol.ts'
import { ScrollableSection } from '../ui/scrollable.tsx'
import { useSessionState } from '../workspace/provider.tsx'
import { ClusterList } from './cluster-list.tsx'
import { Diagram, type PacketState } from './diagram.tsx'
import { podId } from './group.ts'
import { layoutTopology, machineId } from './layout.ts'
import { TiePanel } from './tie-panel.tsx'
import { sameWay, traceStops } from './trace-path.ts'
import { TraceStrip } from './trace-strip.tsx'
import { useWalk } from './use-walk.ts'

/** The cluster as it is now, as a drawing or a list, with the way the last request took. */
export default function TopologyPane() {
  const t = useTranslations('topology')
  const view = useSessionState((state) => state.topology)
  const trace = useSessionState((state) => state.trace)
  const place = useSessionState((state) => state.topology?.places[String(state.active)])
  const [mode, setMode] = useState<'diagram' | 'list'>('diagram')
  const [pointed, setPointed] = useState<string | undefined>()
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const layout = useMemo(() => (view ? layoutTopology(view, width) : undefined), [view, width])
  const walks = useWalkNumber(trace)
  const { start, stops } = useMemo(
    () => (trace ? traceStops(trace, view, layout) : { start: undefined, stops: [] }),
    [trace, view, layout],
  )
  const walk = useWalk(walks, stops.length, walks === 0)
  const stop = walk.step === 0 ? undefined : stops[walk.step - 1]
  const failed = stop && stop.hop.verdict !== 'pass' && stop.hop.verdict !== 'answered'
  const packet: PacketState | undefined = trace && { shape: stop?.shape ?? start, dead: failed === true }
  const finished = walk.step >= stops.length && !failed
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-10 shrink-0 items-center justify-between border-b border-line px-4">
        <h2 className="text-[0.8125rem] font-semibold">{t('title')}</h2>
        {/* biome-ignore lint/a11y/useSemanticElements: two toggles, not a form's fieldset */}
        <div role="group" aria-label={t('view')} className="flex rounded-md border border-line text-xs">
          {(['diagram', 'list'] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={mode === name}
              onClick={() => setMode(name)}
              className="h-7 rounded-[5px] px-2.5 text-ink-soft aria-pressed:bg-raised aria-pressed:font-semibold aria-pressed:text-ink"
            >
              {t(name)}
            </button>
          ))}
        </div>
      </div>
      <ScrollableSection
        ref={scroller}
        aria-label={t('pane')}
        className="min-h-0 flex-1 overflow-auto -outline-offset-2"
      >
        {!view && <p className="p-4 text-[0.875rem] text-ink-soft">{t('empty')}</p>}
        {view && mode === 'list' && <ClusterList view={view} />}
        {view && layout && mode === 'diagram' && (
          <div className="grid min-h-full min-w-max place-content-center">
            <Diagram
              view={view}
              layout={layout}
              pointed={pointed}
              onPoint={setPointed}
              packet={finished && !walk.playing ? undefined : packet}
              here={placeId(place)}
            />
          </div>
        )}
      </ScrollableSection>
      <div data-scroller className="h-40 max-h-[45%] shrink-0 overflow-y-auto border-t border-line bg-paper">
        {pointed && view && mode === 'diagram' ? (
          <div className="px-4 py-2.5">
            <TiePanel view={view} pointed={pointed} />
          </div>
        ) : (
          <TraceStrip trace={trace} step={walk.step} playing={walk.playing} onToggle={walk.toggle} />
        )}
      </div>
    </div>
  )
}

/** Counts the walks there are to take: a request that went the way of the last one is not walked again. */
function useWalkNumber(trace: TraceView | undefined): number {
  const [walked, setWalked] = useState<{ trace: TraceView | undefined; count: number }>({ trace: undefined, count: 0 })
  if (trace !== walked.trace)
    setWalked({ trace, count: sameWay(trace, walked.trace) ? walked.count : walked.count + 1 })
  return walked.count
}

function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(640)
  useEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}

/** The shape a terminal stands on; its place crosses the wire unchecked, so it is read with care. */
function placeId(place: unknown): string | undefined {
  if (typeof place !== 'object' || place === null || !('kind' in place) || !('name' in place)) return undefined
  const name = String(place.name)
  if (place.kind === 'machine') return machineId(name)
  return 'namespace' in place ? podId({ namespace: String(place.namespace), name }) : undefined
}
