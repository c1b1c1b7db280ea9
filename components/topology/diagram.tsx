'use client'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { TopologyView } from '../../server/protocol.ts'
import { DiagramLines } from './diagram-lines.tsx'
import { Drawing } from './drawing.tsx'
import type { Fitted } from './fit.ts'
import type { Shape } from './layout.ts'
import { touchedBy } from './relations.ts'
import { isBand, ShapeBox } from './shape-box.tsx'

/** How far the packet of the last request has come. */
export interface PacketState {
  readonly shape: string | undefined
  readonly dead: boolean
}

interface DiagramProps {
  readonly view: TopologyView
  readonly fitted: Fitted
  readonly pointed: string | undefined
  readonly onPoint: (id: string | undefined) => void
  readonly packet: PacketState | undefined
  /** Shapes that the last request passed. */
  readonly way: ReadonlySet<string | undefined>
  /** Shape the active terminal stands on. */
  readonly here: string | undefined
}

/** Lines drawn beneath, things as buttons above, the packet on top. */
export function Diagram({ view, fitted, pointed, onPoint, packet, way, here }: DiagramProps) {
  const t = useTranslations('topology')
  const { layout, scale } = fitted
  const touched = useMemo(() => (pointed ? touchedBy(layout, pointed) : undefined), [layout, pointed])
  const at = layout.shapes.find((shape) => shape.id === packet?.shape)
  const bands = layout.shapes.filter(isBand)
  const others = layout.shapes.filter((shape) => !isBand(shape))
  const box = (shape: (typeof layout.shapes)[number]) => (
    <ShapeBox
      key={shape.id}
      shape={shape}
      view={view}
      dimmed={touched !== undefined && !touched.has(shape.id)}
      focused={pointed === shape.id}
      lit={packet?.shape === shape.id && !packet.dead}
      dead={packet?.shape === shape.id && packet.dead}
      here={here === shape.id}
      onPoint={onPoint}
    />
  )
  return (
    <Drawing label={t('pane')} size={layout} scale={scale}>
      {bands.map(box)}
      <DiagramLines layout={layout} touched={touched} way={way} />
      {others.map(box)}
      {at && packet && !packet.dead && <Packet at={at} />}
    </Drawing>
  )
}

/** The request under way: at a thing's left edge, where it comes in; it leaves the laptop by the right one. */
function Packet({ at }: { readonly at: Shape }) {
  const x = at.kind === 'laptop' ? at.x + at.width - 7 : at.x - 7
  return (
    <span
      aria-hidden="true"
      className="pointer-events-none absolute top-0 left-0 size-3.5 rounded-full border-2 border-paper bg-accent shadow transition-transform duration-500 ease-out"
      style={{ transform: `translate(${x}px, ${at.y + at.height / 2 - 7}px)` }}
    />
  )
}
