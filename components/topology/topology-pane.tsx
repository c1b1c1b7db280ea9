'use client'
import { useTranslations } from 'next-intl'
import { useMemo, useRef, useState } from 'react'
import { ScrollableSection } from '../ui/scrollable.tsx'
import { useSessionState } from '../workspace/provider.tsx'
import { ClusterList } from './cluster-list.tsx'
import { Diagram } from './diagram.tsx'
import { fitTopology } from './fit.ts'
import { podId } from './group.ts'
import { machineId } from './layout.ts'
import { TiePanel } from './tie-panel.tsx'
import { TraceStrip } from './trace-strip.tsx'
import { useSpace } from './use-space.ts'
import { useTrace } from './use-trace.ts'
import { type ViewMode, ViewSwitch } from './view-switch.tsx'

/** The cluster as it is now, as a drawing or a list, with the way the last request took. */
export default function TopologyPane() {
  const t = useTranslations('topology')
  const view = useSessionState((state) => state.topology)
  const trace = useSessionState((state) => state.trace)
  const place = useSessionState((state) => state.topology?.places[String(state.active)])
  const [mode, setMode] = useState<ViewMode>('diagram')
  const [pointed, setPointed] = useState<string | undefined>()
  const scroller = useRef<HTMLDivElement>(null)
  const space = useSpace(scroller)
  const fitted = useMemo(() => (view ? fitTopology(view, space) : undefined), [view, space])
  const { walk, packet, way } = useTrace(trace, view, fitted?.layout)
  const drawn = mode === 'diagram' ? fitted : undefined
  return (
    <div className="flex h-full min-h-0 flex-col">
      <ViewSwitch mode={mode} onMode={setMode} />
      <ScrollableSection
        ref={scroller}
        aria-label={t('pane')}
        className="min-h-0 flex-1 overflow-auto -outline-offset-2"
      >
        {!view && <p className="p-4 text-[0.875rem] text-ink-soft">{t('empty')}</p>}
        {view && mode === 'list' && <ClusterList view={view} />}
        {view && drawn && (
          <div className="grid min-h-full min-w-max place-content-center">
            <Diagram
              view={view}
              fitted={drawn}
              pointed={pointed}
              onPoint={setPointed}
              packet={packet}
              way={way}
              here={placeId(place)}
            />
          </div>
        )}
      </ScrollableSection>
      <div
        data-scroller
        className={`shrink-0 overflow-y-auto border-t border-line bg-paper ${trace ? 'h-[clamp(8.5rem,23vh,14rem)] max-h-[48%] max-sm:max-h-[60%]' : 'h-24 max-h-[35%]'}`}
      >
        {pointed && view && drawn ? (
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

/** The shape a terminal stands on; its place crosses the wire unchecked, so it is read with care. */
function placeId(place: unknown): string | undefined {
  if (typeof place !== 'object' || place === null || !('kind' in place) || !('name' in place)) return undefined
  const name = String(place.name)
  if (place.kind === 'machine') return machineId(name)
  return 'namespace' in place ? podId({ namespace: String(place.namespace), name }) : undefined
}
